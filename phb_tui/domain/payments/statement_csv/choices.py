"""What somebody chose about a bank statement before they kept anything of it."""

from dataclasses import dataclass, field

from phb_tui.domain.payments.statement_csv.statement import NOTHING_ANSWERED, Answers


@dataclass(slots=True)
class StatementChoices:
    """What was chosen, as it stands; nothing of the file itself.

    Attributes:
        answers: What was answered about the file.
        ticks: Whether a row is to be kept, by its record's id.
        lines: Id of a row's line of the budget, by its record's id.
        payee_lines: Id of the line that was chosen last for a payee, as payees are compared.
    """

    answers: Answers = NOTHING_ANSWERED
    ticks: dict[str, bool] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)
    payee_lines: dict[str, str] = field(default_factory=dict)
