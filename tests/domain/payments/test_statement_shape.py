"""Statements whose columns change, are not in pounds, or whose quotation marks stray: nothing is taken for another."""

from datetime import date

import pytest

from phb_tui.domain.payments.statement_csv import rows, statement
from phb_tui.domain.payments.statement_csv.statement import Ask, Statement

HEAD = "Date,Description,Amount\n"


def read(text: str) -> Statement:
    """What a file says at the end of June 2027."""
    return statement.read(text.encode(), date(2027, 6, 30))


def test_rows_under_other_headings_are_not_read_by_the_first_ones() -> None:
    """Where the columns change places further down, each row there is left out with that reason and none is turned."""
    first, other = "Date,Details,Paid out,Paid in\n", "Date,Details,Paid in,Paid out\n"
    pool, bus = "26/03/2027,Pool,12.50,\n", "29/03/2027,Bus,2.00,\n"
    found = read(first + pool + other + "27/03/2027,NHS,500.00,\n28/03/2027,Shop,,9.00\n" + first + bus)
    assert [(row.payee, row.pence) for row in found.paid_out] == [("Pool", 1250), ("Bus", 200)]
    assert found.money_in == ()
    assert [(row.line, row.reason) for row in found.not_read] == [(4, rows.OTHER_HEADINGS), (5, rows.OTHER_HEADINGS)]


@pytest.mark.parametrize("heading", ["Amount (EUR)", "Amount (pence)", "Amount €", "Amount ($)", "Amount (p)"])
def test_amounts_that_are_not_in_pounds_are_not_taken_for_pounds(heading: str) -> None:
    """Where the heading says another currency or pence, it is asked which column holds pounds, and nothing is read."""
    found = read(f"Date,Description,{heading}\n27/03/2027,Pool,-1250\n")
    assert (found.asks, found.paid_out) == ((Ask.COLUMNS,), ())
    assert read("Date,Description,Amount (£)\n27/03/2027,Pool,-12.50\n").paid_out[0].pence == 1250


def test_a_payment_with_a_fee_is_left_to_be_written_by_hand() -> None:
    """No heading says whether the amount has the fee in it; one without a fee is read."""
    head = "Date,Description,Amount,Fee\n"
    found = read(
        head
        + "26/03/2027,Pool,-12.50,0.00\n27/03/2027,Bus,-2.00,\n28/03/2027,Taxi,-9.00,0.35\n29/03/2027,Zoo,-1.00,-\n"
    )
    assert [(row.payee, row.pence) for row in found.paid_out] == [("Pool", 1250), ("Bus", 200), ("Zoo", 100)]
    assert [(row.line, row.reason) for row in found.not_read] == [(4, rows.FEE)]


def test_a_stray_quotation_mark_swallows_no_payment() -> None:
    """A mark that opens in one payment and closes in another names the first; those between and after are read."""
    pool, bus = '26/03/2027,"Pool,-12.50\n', "27/03/2027,Bus,-2.00\n"
    found = read(HEAD + pool + bus + '28/03/2027,Tape 5",-9.00\n29/03/2027,"Choir\nof 9 May, London",-5.00\n')
    assert [(row.payee, row.pence) for row in found.paid_out] == [
        ("Bus", 200), ('Tape 5"', 900), ("Choir of 9 May, London", 500),
    ]  # fmt: skip
    left = [(row.line, row.reason, row.words) for row in found.not_read]
    assert left == [(2, rows.NOT_CUT, '26/03/2027,"Pool,-12.50')], "it is shown, so that it can be typed"


def test_a_row_with_a_date_is_no_heading() -> None:
    """Words that stand over columns may stand in a payment too: a state "Created" beside the currency."""
    found = read(HEAD.replace("\n", ",Currency,Step\n") + "26/03/2027,a,-1.00,GBP,Created\n27/03/2027,b,-2.00,GBP,\n")
    assert [row.payee for row in found.paid_out] == ["a", "b"]
