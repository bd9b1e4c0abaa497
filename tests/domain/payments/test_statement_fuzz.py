"""Statements that no bank would write."""

import csv
import io
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from phb_tui.domain.budget.amounts.figures import MOST_PENCE
from phb_tui.domain.payments.statement_csv import headings, statement
from phb_tui.domain.payments.statement_csv.statement import NOTHING_ANSWERED, Answers, Row, Statement
from tests import counts

TODAY = date(2027, 6, 30)
MANY = settings(max_examples=max(counts.BODIES // 25, 20), deadline=None)
NAMES = sorted({name for names in headings._NAMES.values() for name in names})
CELLS = st.one_of(
    st.sampled_from(
        [
            "27/03/2027",
            "03/04/27",
            "2027-03-27",
            "27 Mar 2027",
            "31/02/2027",
            "-12.50",
            "12.50 DR",
            "(1,234.56)",
            "1,50",
        ]
    ),
    st.sampled_from(["", "Total", "=1+1", '"', "\n", "GBP", "Declined", "DR", "9" * 5000, "\u202e", "\x00", "£", "-"]),
    st.text(max_size=12),
)
ANSWERS = st.builds(
    Answers,
    st.none()
    | st.builds(
        headings.Layout,
        st.dictionaries(st.sampled_from(headings.Role), st.lists(st.integers(0, 9), max_size=3).map(tuple)),
        st.integers(0, 9),
    ),
    st.none() | st.booleans(),
    st.none() | st.booleans(),
)


def looked_at(found: Statement) -> None:
    """What holds for every file, readable or not."""
    for row in (*found.paid_out, *found.money_in):
        assert isinstance(row, Row)
        assert type(row.pence) is int
        assert 0 < row.pence <= MOST_PENCE
        assert row.day <= TODAY
        assert row.payee.isprintable() or not any(letter < " " for letter in row.payee)
    lines = [row.line for row in (*found.paid_out, *found.money_in)] + [left.line for left in found.not_read]
    assert len(lines) == len(set(lines)), "a row is in two places"
    assert all(each.reason for each in found.not_read)


@MANY
@given(st.binary(max_size=400), ANSWERS)
def test_no_file_breaks_the_reader(data: bytes, answered: Answers) -> None:
    """Whatever bytes are given, the reader gives rows, questions or a sentence, and raises nothing."""
    looked_at(statement.read(data, TODAY, answered))


@MANY
@given(
    st.lists(st.lists(CELLS, max_size=7), max_size=12),
    st.lists(st.sampled_from(NAMES), min_size=2, max_size=7),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]),
    ANSWERS,
)
def test_no_table_breaks_the_reader(
    rows: list[list[str]], head: list[str], separator: str, code: str, answered: Answers
) -> None:
    """Whatever stands under headings that banks use, amounts are whole pence and each row is in one place."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator).writerows([["Date", "Amount", *head], *rows])
    data = stream.getvalue().encode(code, "replace")
    looked_at(statement.read(data, TODAY, answered))
    looked_at(statement.read(data, TODAY, NOTHING_ANSWERED))


@MANY
@given(
    st.lists(
        st.tuples(
            st.dates(date(2027, 1, 1), TODAY),
            st.integers(1, MOST_PENCE),
            st.text(st.characters(codec="utf-8"), max_size=20),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_what_was_written_is_read_again(paid: list[tuple[date, int, str]]) -> None:
    """Every payment of a well-made file comes out with its day and amount, to the penny, and none is added."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["Date", "Payee", "Money out", "Money in"])
    for day, pence, payee in paid:
        writer.writerow([day.isoformat(), f"Shop {payee}", f"{pence // 100:,}.{pence % 100:02}", ""])
    data = stream.getvalue().replace("\x00", " ").encode("utf-8", "replace")
    found = statement.read(data, TODAY)
    assert [(row.day, row.pence) for row in found.paid_out] == [(day, pence) for day, pence, _payee in paid]
    assert found.not_read == ()
