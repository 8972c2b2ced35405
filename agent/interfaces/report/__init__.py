"""A run as one page that opens anywhere: figures, plots, and every task with its pictures."""

from peirce.agent.interfaces.report.live import serve_live
from peirce.agent.interfaces.report.page import write_report

__all__ = ["serve_live", "write_report"]
