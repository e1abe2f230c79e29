"""What a person may do about a fault, as data: no front end's words.

A fault has hints beside its message. One that is true everywhere is plain text; one that each front end offers in its
own way, by an option or by a page and its key, is a `Hint`: `tui/cli/hint_words.py` and `tui/commands/hint_words.py`
say it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto


class Step(Enum):
    """What may be done. A step is called with what its words need: `Step.COPY_LIST(list="Trials")`."""

    # The database
    IMPORT_ACCOUNTS = auto()
    GIVE_OUR_DATABASE = auto()
    GIVE_DATABASE_OR_IMPORT = auto()
    CHOOSE_PLACE_OF_DATABASE = auto()
    RESTORE = auto()
    RESTORE_OR_IMPORT = auto()
    LEAVE_DEMO = auto()
    # Files to read
    SEND_FILE = auto()
    SAY_ENCODING = auto()
    OTHER_ENCODING = auto()
    READS_ENCODING = auto()  # encodings
    READS_OTHERWISE = auto()
    READS_ONE_WAY = auto()
    READS_DAY_FIRST = auto()
    READS_YEAR_FIRST = auto()
    NO_ENCODING = auto()
    NO_DELIMITER = auto()
    NO_SHEET = auto()  # sheet
    CHOOSE_SHEET = auto()  # sheet
    READ_SHEET = auto()  # sheet
    NAME_TABLE = auto()
    LEAVE_HIDDEN_OUT = auto()
    NAME_IDENTITY = auto()
    LEAVE_HEADING_OUT = auto()  # heading
    TAKE_HEADINGS_IN = auto()
    SET_INSTEAD = auto()  # heading
    SET_VALUE = auto()  # field
    KEEP_A_HEADING = auto()
    SAVE_A_MAPPING = auto()
    # Taking a list in
    SAY_DAY = auto()
    GIVE_DAY_MADE = auto()
    MAY_BE_DATED = auto()
    MAY_BE_COMPLETE = auto()
    TAKE_NEW_IDS = auto()
    LEAVE_REJECTED_OUT = auto()
    IMPORT_DOUBTED = auto()
    ACCEPT_GONE = auto()
    TAKE_BACK_FIRST = auto()
    SEE_ALL_ROWS = auto()
    # Reports and lists
    LEAVE_OUT = auto()  # option
    FILTER_INSTEAD = auto()  # option
    GIVE_OPTION = auto()  # option
    EARLIER_DAY = auto()
    FIND_ACCOUNT = auto()  # wanted
    GIVE_LIST_SIZE = auto()
    COPY_LIST = auto()  # list
    EDIT_LIST = auto()  # list
    SEE_LISTS = auto()
    ONLY_NEW_CONTACTS = auto()
    # Files to write
    OTHER_NAME_OR_REPLACE = auto()
    FITTING_FORMAT = auto()  # file
    OTHER_LEFT_OUT = auto()
    GIVE_OUTPUT = auto()
    # Schedules
    OTHER_SCHEDULE = auto()
    NOT_BY_CRON = auto()
    TIME_OF_CRON = auto()  # here, time
    INSTALL_CRON = auto()
    COMMANDS_TO_SCHEDULE = auto()
    SAY_WHERE_TO = auto()
    BEFORE_THE_COMMAND = auto()  # option
    MAIL_OPTIONS = auto()
    # The vendor
    LOG_IN = auto()
    LOG_IN_ANEW = auto()
    GIVE_VENDOR_LIST = auto()
    OTHER_VENDOR_LIST = auto()
    UPLOAD_AGAIN = auto()

    def __call__(self, **given: str) -> Hint:
        """Return the step as a hint, with what is to be named in it."""
        return Hint(self, given)


@dataclass(frozen=True, slots=True)
class Hint:
    """One step for a person."""

    step: Step
    given: Mapping[str, str] = field(default_factory=dict)


Advice = str | Hint
"""What a fault advises: text that is true in every front end, or a step that each says in its own way."""

Say = Callable[[Hint], str]
"""How a front end says a hint."""
