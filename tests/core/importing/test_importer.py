"""A file goes in: what is said of it, and what is in the database afterwards."""

import json
from contextlib import closing

import pytest

from core.clock import today
from core.errors import Cancelled, NoAccounts, WorkFailed, WrongUse
from core.history import account_history, imports, undo_last
from core.importing.import_options import ImportOptions
from core.importing.importer import PendingImport, dry_run, import_file
from core.importing.refusal import Refused
from core.mappings import Choices, delete_mapping, mapping_names
from db.connection import connect_reading
from tui.cli.hint_words import hint_words

HEAD = "Account ID,Username,Company,Status,Canceled On,Cancel Reason\n"


@pytest.fixture
def database(tmp_path):
    return tmp_path / "accounts.db"


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a file and returns its path."""

    def write(text, name="clients.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def table(database, columns="account_id, username, company, status, cancelled_on, cancel_reason"):
    with closing(connect_reading(database)) as connection:
        return connection.execute(f"SELECT {columns} FROM accounts ORDER BY account_id, username").fetchall()


def test_every_row_is_accounted_for(database, write):
    file = write(
        HEAD
        + "1,ann,Łódź Bakery,Open,,\n"
        + "2,bob,Bob's,Canceled,2026-02-30,\n"
        + "3,cyd,Cyd,Trial-Active,,\n"
        + "3,cyd,Cyd,Trial-Active,,\n"
        + "4,dan,Dan,Open,,\n"
        + "4,dan,Daniel,Open,,\n"
        + ",,Nobody,Open,,\n"
        + "5,eve\n"
        + ",fay,Fay,Wobbly,,1\n"
    )
    report = import_file(database, file)
    assert report.to_json(hint_words) | {"rejected": [], "notes": []} == {
        "file": "clients.csv",
        "read": 9,
        "new": 4,
        "changed": 0,
        "same": 1,
        "returned": 0,
        "passed_over": 0,
        "gone": 0,
        "dated": today().isoformat(),
        "complete": None,
        "gone_accounts": [],
        "rejected": [],
        "notes": [],
        "unmatched_headings": [],
        "unknown_words": {"Status": ["Wobbly"]},
    }
    assert [(row.row, row.column, row.value) for row in report.rejected] == [
        (3, "Canceled On", "2026-02-30"),
        (6, "Account ID", "4"),
        (7, "Account ID", "4"),
        (8, "", ""),
    ]
    assert [row.reason for row in report.rejected[1:3]] == [
        "the same account differs in row 7",
        "the same account differs in row 6",
    ]
    assert table(database) == [
        (None, "fay", "Fay", "Wobbly", None, "Cost Too High"),
        ("1", "ann", "Łódź Bakery", "O", None, None),
        ("3", "cyd", "Cyd", "T", None, None),
        ("5", "eve", None, None, None, None),
    ]
    json.dumps(report.to_json(hint_words))


def test_the_same_file_twice_changes_nothing_and_is_an_import(database, write):
    file = write(HEAD + "1,ann,Ann,Open,,\n2,bob,Bob,C,2026-01-01,1\n")
    import_file(database, file)
    before = table(database, "*")
    again = import_file(database, file)
    assert (again.new, again.changed, again.same) == (0, 0, 2)
    assert table(database, "*") == before
    assert len(imports(database)) == 2


def test_many_rows_of_one_account_name_five_others(database, write):
    file = write("Username,Company\n" + "".join(f"ann,{n}\n" for n in range(9)) + "bob,Bob\n")
    reasons = [row.reason for row in import_file(database, file).rejected]
    assert reasons[0] == "the same account differs in rows 3, 4, 5, 6, 7 and 3 more"
    assert reasons[-1] == "the same account differs in rows 2, 3, 4, 5, 6 and 3 more"


def test_rows_that_differ_in_the_case_of_the_username_alone_are_alike(database, write):
    report = import_file(database, write("Account ID,Username,Company\n1,ann,Ann\n1,ANN,Ann\n,bob,Bob\n,BOB,Bob\n"))
    assert (report.new, report.same, report.rejected) == (2, 2, [])
    assert table(database, "username, company") == [("bob", "Bob"), ("ann", "Ann")]


def test_a_username_that_several_accounts_have_does_not_tell_which(database, write):
    import_file(database, write("Account ID,Username\n1,ann\n2,Ann\n3,bob\n"))
    report = import_file(database, write("Username,Company\nANN,Which?\nbob,Bob\n"))
    assert [(row.row, row.column, row.value, row.reason) for row in report.rejected] == [
        (2, "Username", "ANN", "2 accounts have this username: an account id is needed")
    ]
    assert report.changed == 1


def test_an_account_that_came_back_loses_its_cancel_and_says_so(database, write):
    import_file(database, write(HEAD + "1,ann,Ann,Canceled,2026-01-01,14\n2,bob,Bob,Canceled,2026-01-01,14\n"))
    report = import_file(database, write(HEAD + "1,ann,,Open,,\n2,bob,,,,\n"))
    assert (report.changed, report.returned, report.same) == (1, 1, 1)
    assert report.summary() == "clients.csv: 2 rows read: 0 new, 1 changed (1 returned), 1 same, 0 rejected."
    assert table(database) == [
        ("1", "ann", "Ann", "O", None, None),
        ("2", "bob", "Bob", "C", "2026-01-01", "Poor Results"),
    ]


def test_blanks_erase_only_when_asked(database, write):
    import_file(database, write(HEAD + "1,ann,Ann,Open,,\n"))
    blank = write(HEAD + "1,ann,,,,\n")
    assert import_file(database, blank).same == 1
    assert import_file(database, blank, ImportOptions(erase_blanks=True)).changed == 1
    assert table(database) == [("1", "ann", None, None, None, None)]
    no_id = write(HEAD + ",ANN,Back,,,\n")
    import_file(database, no_id, ImportOptions(erase_blanks=True))
    assert table(database) == [("1", "ANN", "Back", None, None, None)]


def test_undo_takes_back_one_import_after_the_other(database, write):
    import_file(database, write("Username,Company\nann,Łódź\nbob,Bob\n", "one.csv"))
    first = table(database, "*")
    import_file(database, write("Account ID,Username,Company\n1,ANN,Zürich\n2,cyd,Cyd\n", "two.csv"))
    pk = next(pk for pk, username in table(database, "pk, username") if username == "ANN")
    came_with, changes = account_history(database, pk)
    assert came_with.file == "one.csv"
    assert [(change.file, change.field, change.old, change.new) for change in changes] == [
        ("two.csv", "account_id", None, "1"),
        ("two.csv", "company", "Łódź", "Zürich"),
        ("two.csv", "username", "ann", "ANN"),
    ]
    assert undo_last(database).file == "two.csv"
    assert table(database, "*") == first
    assert undo_last(database).file == "one.csv"
    assert table(database) == []
    with pytest.raises(WorkFailed, match="no import to take back"):
        undo_last(database)


def test_undo_takes_back_no_other_import_than_the_one_that_is_meant(database, write):
    with pytest.raises(NoAccounts):
        undo_last(database, only=0)
    import_file(database, write("Username,Company\nann,Łódź\n", "one.csv"))
    asked_about = imports(database)[0].id
    import_file(database, write("Username,Company\nbob,Bob\n", "two.csv"))
    before = table(database, "*")
    for only in (asked_about, 0):
        with pytest.raises(WorkFailed, match=r"imported two\.csv meanwhile, so nothing was taken back"):
            undo_last(database, only=only)
    assert table(database, "*") == before
    taken_back = undo_last(database).id
    with pytest.raises(WorkFailed, match="was taken back meanwhile"):
        undo_last(database, only=taken_back)
    assert undo_last(database, only=asked_about).file == "one.csv"


def test_undo_makes_no_database(database):
    with pytest.raises(NoAccounts):
        undo_last(database)
    assert not database.exists()


def test_strict_refuses_a_file_with_any_rejected_row(database, write):
    import_file(database, write(HEAD + "1,ann,Ann,Open,,\n"))
    before = table(database, "*")
    file = write(HEAD + "1,ann,New name,Open,,\n2,bob,Bob,Open,someday,\n")
    with pytest.raises(Refused, match="1 of 2 rows") as refused:
        import_file(database, file, ImportOptions(strict=True, save_map="mine"))
    assert refused.value.report.rejected[0].row == 3
    assert refused.value.exit_code == 1
    assert table(database, "*") == before
    assert len(imports(database)) == 1
    assert mapping_names(database) == []
    with pytest.raises(Refused):
        dry_run(database, file, ImportOptions(strict=True))


def test_a_file_of_which_every_row_is_rejected_is_refused(database, write):
    with pytest.raises(Refused, match="Every row"):
        import_file(database, write(HEAD + "1,ann,Ann,Open,someday,\n"))
    assert list(database.parent.glob("*.db*")) == []


def test_a_fault_of_the_file_makes_no_database(database, write, tmp_path):
    for file in (write("Company\nAcme\n"), write("", "empty.csv"), tmp_path / "none.csv"):
        with pytest.raises(WorkFailed):
            import_file(database, file)
    assert not database.exists()


def test_a_dry_run_says_the_same_and_writes_nothing(database, write):
    file = write(HEAD + "1,ann,Ann,Open,,\n2,bob,Bob,Open,someday,\n")
    seen = dry_run(database, file, ImportOptions(save_map="mine"))
    assert not database.exists()
    assert import_file(database, file) == seen
    before = table(database, "*")
    changed = write(HEAD + "1,ann,Other,Open,,\n3,cyd,Cyd,Open,,\n")
    assert dry_run(database, changed).changed == 1
    assert table(database, "*") == before
    assert len(imports(database)) == 1


def test_what_is_set_counts_as_said_by_each_row(database, write):
    import_file(database, write(HEAD + "1,ann,Ann,Canceled,2026-01-01,1\n"))
    file = write("Account ID,Canceled On\n1,\n2,\n")
    report = import_file(database, file, ImportOptions(Choices(given={"status": "o", "relationship": "managed"})))
    assert (report.new, report.returned) == (1, 1)
    assert table(database, "account_id, status, relationship, cancelled_on") == [
        ("1", "O", "managed", None),
        ("2", "O", "managed", None),
    ]


class TestSavedMappings:
    def test_a_mapping_is_saved_with_the_import_and_used_for_the_next(self, database, write):
        odd = "Kennung,Firma,Seit\n1,Acme,03.04.2026\n"
        choices = Choices({"Kennung": "account_id", "Firma": "Company", "Seit": "created_on"}, {"status": "O"}, "dmy")
        import_file(database, write(odd), ImportOptions(choices, save_map="German list"))
        report = import_file(database, write(odd.replace("Acme", "Äcme")), ImportOptions(use_map="German list"))
        assert (report.changed, report.same) == (1, 0)
        assert mapping_names(database) == ["German list"]

    def test_what_is_said_now_wins_over_what_was_saved(self, database, write):
        saved = Choices({"Firma": "company"}, {"status": "O"})
        import_file(database, write("Username,Firma\nann,Acme\n"), ImportOptions(saved, save_map="m"))
        file = write("Username,Firma\nbob,Bob\n")
        import_file(database, file, ImportOptions(Choices({"Firma": ""}, {"status": "T"}), use_map="m"))
        assert table(database, "username, company, status") == [("ann", "Acme", "O"), ("bob", None, "T")]

    def test_a_saved_value_gives_way_to_a_column_of_the_file(self, database, write):
        import_file(
            database, write("Username\nann\n"), ImportOptions(Choices(given={"Account Status": "O"}), save_map="m")
        )
        import_file(database, write("Username,Status\nbob,T\n"), ImportOptions(use_map="m"))
        assert table(database, "username, status") == [("ann", "O"), ("bob", "T")]

    def test_an_unknown_name_is_wrong_use_and_names_those_there_are(self, database, write):
        file = write("Username\nann\n")
        with pytest.raises(WrongUse, match="Save a mapping"):
            import_file(database, file, ImportOptions(use_map="x"))
        assert not database.exists()
        import_file(database, file, ImportOptions(save_map="mine"))
        with pytest.raises(WrongUse, match="Saved are: mine"):
            import_file(database, file, ImportOptions(use_map="x"))
        delete_mapping(database, "mine")
        assert mapping_names(database) == []


def test_a_pending_import_shows_what_it_found_before_it_is_applied(database, write):
    file = write(HEAD.replace("Company", "Ort") + "".join(f"{n},user{n},Co {n},Open,,\n" for n in range(50)))
    with PendingImport(database, file) as pending:
        assert pending.matching.unmatched == ["Ort"]
        assert len(pending.sample) == 20
        assert pending.sample[1] == ("1", "user1", "O", None, None)
        assert pending.preview().new == 50
        assert not database.exists()
        assert pending.apply().new == 50
    assert len(table(database)) == 50


def test_cancelling_while_reading_changes_nothing(database, write):
    file = write("Username\n" + "".join(f"user{n}\n" for n in range(3_000)))

    def tick(rows):
        if rows >= 2_000:
            raise Cancelled("The import")

    with pytest.raises(Cancelled, match="nothing was changed"):
        import_file(database, file, tick=tick)
    assert not database.exists()


def test_progress_is_told_by_rows(database, write):
    told = []
    import_file(database, write("Username\n" + "".join(f"user{n}\n" for n in range(2_500))), tick=told.append)
    assert sorted(told) == told
    assert told[-1] == 2_500


def test_what_is_said_of_hostile_names_is_harmless_to_a_terminal(database, write):
    report = import_file(database, write("Username,\x1b]0;x\x07\nann,1\nbob\x1b[2J,2,3\n", "a\x1b[31m.csv"))
    assert "\x1b" not in "".join(report.lines(hint_words))
    assert len(report.rejected) == 1
