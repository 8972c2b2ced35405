# Peirce with its MCP server, as an ordinary user, at sandbox level medium.
#
#   docker build -t peirce .
#   docker run --rm -p 127.0.0.1:8765:8765 -e PEIRCE_TOKEN=choose-one peirce     # MCP over HTTP
#   docker run --rm -i peirce serve                                              # MCP over stdio
#   docker run --rm -v "$PWD:/tasks:ro" peirce solve /tasks/task.json
#
# Docker's default profile lets no process make namespaces, so programs run at level medium: seccomp,
# Landlock where the host's kernel has it, no capabilities, resource limits. Nothing has to be
# allowed for that; do not add --privileged. Keep the published port on 127.0.0.1: the server answers
# only requests that name this machine, and traffic to it is not encrypted.
#
# Where this was written there is no Docker: the image has not been built. Its commands were run one
# by one on Debian 12 with Python 3.12, from a fresh clone, the last ones as a user without
# capabilities: installation from both locks, kernels, `peirce doctor`, a task, the server with and
# without its token.

FROM python:3.12-slim-bookworm AS build
RUN pip install --no-cache-dir uv
WORKDIR /source
COPY requirements.lock ./
RUN uv venv /opt/peirce \
 && uv pip install --python /opt/peirce/bin/python --compile-bytecode --require-hashes \
      -r requirements.lock
COPY . .
RUN uv pip install --python /opt/peirce/bin/python --compile-bytecode \
      -c requirements-dev.lock '.[mcp]'

FROM python:3.12-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends swi-prolog-nox \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 10001 peirce
COPY --from=build /opt/peirce /opt/peirce
ENV PATH=/opt/peirce/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PEIRCE_ISOLATION=medium
USER peirce
WORKDIR /home/peirce
# The search kernels, compiled once; a host with another CPU compiles them anew at its first grid.
RUN python -m peirce.agent.proposers.symbolic.warm
EXPOSE 8765
# Fails if no level of the sandbox proves itself on this host.
HEALTHCHECK --interval=5m --timeout=90s --start-period=30s --retries=2 CMD ["peirce", "doctor"]
ENTRYPOINT ["peirce"]
CMD ["serve", "--http", "0.0.0.0:8765"]
