# Sourced by scripts/solve, scripts/test and scripts/check: makes a fresh machine ready, once.
#
# Leaves `uv` on the PATH, the system packages where they may be installed, and .venv in step with a
# lock file. What could not be installed is said, with what is then weaker. All on stderr.

say() { printf 'peirce set-up: %s\n' "$*" >&2; }

need_uv() {
  command -v uv >/dev/null 2>&1 && return
  export PATH="$HOME/.local/bin:$PATH"
  command -v uv >/dev/null 2>&1 && return
  say "installing uv"
  if ! python3 -m pip install --quiet --user uv >&2 2>/dev/null; then
    # Debian and Ubuntu refuse pip outside an environment (PEP 668): give uv one of its own.
    python3 -m venv "$HOME/.local/share/peirce-uv" >&2 2>/dev/null || install_packages python3-venv python3-pip
    [ -x "$HOME/.local/share/peirce-uv/bin/pip" ] || python3 -m venv "$HOME/.local/share/peirce-uv" >&2
    "$HOME/.local/share/peirce-uv/bin/pip" install --quiet uv >&2
    mkdir -p "$HOME/.local/bin"
    ln -sf "$HOME/.local/share/peirce-uv/bin/uv" "$HOME/.local/bin/uv"
  fi
  command -v uv >/dev/null 2>&1 || { say "cannot install uv; install it from PyPI (pip install uv) and try again"; exit 3; }
}

install_packages() {
  command -v apt-get >/dev/null 2>&1 || return 1
  local as_root=""
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || return 1
    as_root="sudo -n"
  fi
  say "installing $*"
  $as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 && return
  $as_root apt-get update -qq >/dev/null 2>&1
  $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

need_system_packages() {
  if [ "$(uname -s)" = Linux ] && ! command -v bwrap >/dev/null 2>&1; then
    install_packages bubblewrap ||
      say "bubblewrap is missing: the sandbox reaches level medium (no namespaces). Fix: sudo apt-get install bubblewrap"
  fi
  if ! command -v swipl >/dev/null 2>&1; then
    install_packages swi-prolog-nox ||
      say "SWI-Prolog is missing: rules in Prolog cannot run. Fix: sudo apt-get install swi-prolog-nox"
  fi
}

# $1: the lock file; requirements-dev.lock holds all of requirements.lock and the tools besides.
need_environment() {
  local lock="$1" stamp=".venv/.$1"
  if [ -x .venv/bin/peirce ] && cmp -s "$lock" "$stamp"; then return; fi
  say "installing Python packages ($lock)"
  [ -x .venv/bin/python ] || uv venv --quiet --python '>=3.11,<3.15' .venv >&2
  uv pip install --quiet --python .venv/bin/python --compile-bytecode --require-hashes -r "$lock" >&2
  uv pip install --quiet --python .venv/bin/python --no-deps --editable . >&2
  cp "$lock" "$stamp"
}

set_up() {
  need_uv
  need_system_packages
  need_environment "$1"
}

# Compile the search kernels before any test's clock starts; quick when they are cached.
warm_up() {
  .venv/bin/python -m peirce.agent.proposers.symbolic.warm >&2
}
