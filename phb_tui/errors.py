"""Every deliberate error, each a sentence a nurse can act on.

No message holds anything a person said or any name: messages may be shown, logged or e-mailed.

    PhbError
    ├── RuleBroken            what was typed breaks a rule of the field
    ├── UnknownRecord         a record that is not on this laptop
    ├── ContentProblem        the text that ships with the app is damaged
    ├── PaperProblem          a copy to print could not be made
    ├── SettingsProblem       an option or setting does not make sense
    ├── KeyProblem
    │   ├── WrongPassphrase
    │   ├── PassphraseTooWeak
    │   └── KeyFileProblem    missing or damaged key file
    ├── StoreProblem
    │   ├── StoreMissing
    │   ├── StoreDamaged
    │   ├── StoreInUse        a second phb-tui on the same folder
    │   ├── StoreNewer        written by a newer phb-tui
    │   ├── LaptopLocked      the team lead locked this laptop, or it was without central for too long
    │   │   └── LeaseOver     only the second; the way back to central stays open
    │   └── NotSaved          the store refuses to be written
    │       └── DiskFull      because the disk is full or cannot be written
    └── SyncProblem
        ├── CentralUnreachable
        ├── CentralNonsense   central's answer is not an answer
        ├── CentralBusy       central cannot answer just now
        ├── WouldRemove       an exchange would take many people off this laptop
        └── CentralRefused    central understood and said no
"""

from phb_tui.i18n import _


class PhbError(Exception):
    """A problem with a clear sentence: what happened and what to do.

    Args:
        sentence: The words to show, in English; they are looked up in the language in use.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = _(sentence)


class RuleBroken(PhbError):
    """What was typed breaks a rule of the field.

    Args:
        sentence: The words to show beside the field.
        field: The field's stable name, or "" when the rule is about the whole record.
    """

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class UnknownRecord(PhbError):
    """A record that is not on this laptop."""


class ContentProblem(PhbError):
    """The text that ships with the app is damaged, or something is asked for that this version does not have.

    Args:
        sentence: The words to show.
        file: The content file that is damaged; "" when none is.
        entry: Which of its entries, such as "step S1, statement S1-I2"; "" when it is the file as a whole.
        field: Which field of the entry; "" when it is the entry as a whole.
    """

    def __init__(self, sentence: str, file: str = "", entry: str = "", field: str = "") -> None:
        super().__init__(sentence)
        self.file, self.entry, self.field = file, entry, field


class BudgetFileProblem(PhbError):
    """A file of budgets that cannot be worked out; the sentence names the entry."""


class PaperProblem(PhbError):
    """A copy to print could not be made."""


class SettingsProblem(PhbError):
    """An option or setting does not make sense."""


class KeyProblem(PhbError):
    """The store's key could not be had."""


class WrongPassphrase(KeyProblem):
    """The passphrase does not open this store."""


class PassphraseTooWeak(KeyProblem):
    """The chosen passphrase is too easy to guess."""


class KeyFileProblem(KeyProblem):
    """The key file is missing or damaged in both copies."""


class StoreProblem(PhbError):
    """The encrypted store could not be used."""


class StoreMissing(StoreProblem):
    """There is no store where there should be one."""


class StoreDamaged(StoreProblem):
    """The store is there and does not open with its own key."""


class StoreInUse(StoreProblem):
    """Another phb-tui has this store open."""


class StoreNewer(StoreProblem):
    """The store was written by a newer version of phb-tui."""


class LaptopLocked(StoreProblem):
    """The team lead locked this laptop, or it was without central for too long."""


class LeaseOver(LaptopLocked):
    """The laptop was without central for too long, and nothing else keeps it locked.

    Args:
        sentence: The words to show.
        hindered: Why central could not be asked just now; None when it was not tried or answered.
    """

    def __init__(self, sentence: str, hindered: "SyncProblem | None" = None) -> None:
        super().__init__(sentence)
        self.hindered = hindered


class NotSaved(StoreProblem):
    """The disk is full or refuses to be written; what was typed is still on the screen."""


class DiskFull(NotSaved):
    """The disk is full or cannot be written just now; making room may help."""


class SyncProblem(PhbError):
    """The exchange with central did not finish; nothing is lost and it can be tried again."""


class CentralUnreachable(SyncProblem):
    """No connection, or it broke before the answer came."""


class CentralNonsense(SyncProblem):
    """Something answered that is not the central service, or its answer is damaged."""


class CentralBusy(SyncProblem):
    """Central cannot answer just now."""

    def __init__(self) -> None:
        super().__init__("The team server is busy just now. Everything is saved on this laptop and will be sent later.")


class CentralRefused(SyncProblem):
    """Central understood the request and refused it."""


class PutBack(CentralRefused):
    """Central knows other changes of this laptop than it has itself, as after it was put back to an older copy.

    Args:
        sentence: What the nurse is told if it cannot be put right.
        unknown: Whether it is rather that central does not know the laptop, as after central was put back.
    """

    def __init__(self, sentence: str, *, unknown: bool = False) -> None:
        super().__init__(sentence)
        self.unknown = unknown


class WouldRemove(SyncProblem):
    """Going on would take many people off this laptop, so nothing of that was done yet.

    Args:
        people: How many would go.
        of_all: Out of how many.
    """

    def __init__(self, people: int, of_all: int) -> None:
        super().__init__(
            "The team server says that many people on this laptop have another team now. Nobody was removed yet. "
            "Ask your team lead whether that is right, then decide here."
        )
        self.people, self.of_all = people, of_all
