"""The report of `doctor` in a terminal: what was checked, each finding with its remedy, and the next step."""

from __future__ import annotations

from followme import style
from followme.insight.findings import Finding, Report
from followme.screen import Screen
from followme.views.terminal import Printer


def show(report: Report, screen: Screen) -> None:
    """Print the report."""
    printer = Printer(screen)
    printer.line(f"Looked at {report.journal}", style.HINT)
    for number, finding in enumerate(report.faults, 1):
        printer.line()
        _finding(printer, f"{number}. ", finding)
    if report.notes:
        printer.line()
        printer.line("Good to know:", style.HINT)
        for finding in report.notes:
            _finding(printer, "- ", finding)
    printer.line()
    printer.hint(report.summary, *report.next_steps, style=style.VERDICT)


def _finding(printer: Printer, mark: str, finding: Finding) -> None:
    printer.line(mark + finding.what)
    if finding.remedy:
        printer.hint(finding.remedy, *finding.commands, style=style.HINT, indent=len(mark))
