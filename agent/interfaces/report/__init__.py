"""A run as one page that opens anywhere: figures, plots, and every task with its pictures."""

from peirce.agent.interfaces.report.page import write_report

__all__ = ["write_report"]
