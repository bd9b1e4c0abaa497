"""Statements as banks write them."""

import sys
import time
from datetime import date

import pytest

from phb_tui.domain.payments.statement_csv import days, encoding, rows, statement, table
from phb_tui.domain.payments.statement_csv.headings import Role
from phb_tui.domain.payments.statement_csv.statement import NOTHING_ANSWERED, Answers, Ask, Statement

TODAY = date(2027, 6, 30)
HEAD = "Date,Description,Amount\n"


def read(text: str | bytes, answered: Answers = NOTHING_ANSWERED) -> Statement:
    return statement.read(text.encode() if isinstance(text, str) else text, TODAY, answered)


def out(found: Statement) -> list[tuple[str, int, str]]:
    """What was paid out: day, pence and payee of each."""
    return [(row.day.isoformat(), row.pence, row.payee) for row in found.paid_out]


POOL = [("2027-03-27", 1250, "Swimming pool")]
BANKS = {
    "signed": "Date,Description,Amount,Balance\n27/03/2027,Swimming pool,-12.50,100.00\n",
    "two columns": "Date,Details,Money out,Money in,Balance\n27 Mar 2027,Swimming pool,£12.50,,£100.00\n",
    "money out has a minus": "Date,Payee,Amount,Money Out,Money In\n2027-03-27,Swimming pool,-12.50,-12.50,\n",
    "debit and credit": (
        '"Transaction Date","Transaction Type","Transaction Description","Debit Amount","Credit Amount"\r\n'
        '"27/03/2027","DEB","Swimming pool","12.50",""\r\n'
    ),
    "capitals and another order": "AMOUNT;NARRATIVE;DATE\n-12.50;Swimming pool;27/03/27\n",
    "tabs": "Date\tMerchant\tWithdrawal\tDeposit\n27-Mar-27\tSwimming pool\t12.50\t\n",
    "DR beside it": "Date,Narrative,Amount\n27.03.2027,Swimming pool,12.50 DR\n",
    "DR in a column": "Date,Narrative,Amount,Dr/Cr\n27.03.2027,Swimming pool,12.50,DR\n",
    "brackets": "Date,Narrative,Value\n27/03/2027,Swimming pool,(12.50)\n",
    "a minus after it": "Date,Narrative,Value\n27/03/2027,Swimming pool,12.50-\n",
    "a minus of print": "Date,Narrative,Value\n27/03/2027,Swimming pool,\u2212£12.50\n",
    "a day of the week and a time": "Date,Narrative,Value\nSat 27 March 2027 14:22:05,Swimming pool,-12.5\n",
    "ISO with a zone": "Date,Narrative,Amount (GBP)\n2027-03-27T14:22:05Z,Swimming pool,-12.5000\n",
    "day and month by words": 'Date,Narrative,Amount\n"Mar 27, 2027",Swimming pool,-12.50\n',
    "eight figures": "Date,Narrative,Amount\n20270327,Swimming pool,-12.50\n",
    "month first": "Date,Narrative,Amount\n03/27/2027,Swimming pool,-12.50\n",
    "lines before the headings": (
        "Account,12345678\nStatement for,March 2027\n\nDate,Description,Amount\n27/03/2027,Swimming pool,-12.50\n"
    ),
    "Excel names the separator": "sep=;\nDate;Description;Amount\n27/03/2027;Swimming pool;-12.50\n",
    "a comma before the pence": "Date;Description;Amount\n27/03/2027;Swimming pool;-12,50\n",
    "text for Excel": 'Date,Description,Amount\n="27/03/2027",Swimming pool,="-12.50"\n',
    "line breaks in a cell": 'Date,Description,Amount\n27/03/2027,"Swimming\r\npool",-12.50\n',
    "the same headings again": HEAD + "27/03/2027,Swimming pool,-12.50\n" + HEAD,
    "lone carriage returns": "Date,Description,Amount\r27/03/2027,Swimming pool,-12.50\r",
    "the first of two descriptions is empty": "Date,Payee,Memo,Amount\n27/03/2027,,Swimming pool,-12.50\n",
    "empty cells at the end": "Date,Description,Amount\n27/03/2027,Swimming pool,-12.50,,,\n",
}


@pytest.mark.parametrize("name", BANKS)
def test_a_payment_is_read_however_a_bank_writes_it(name: str) -> None:
    """The same payment comes out of every form in which banks write it, and nothing else does."""
    found = read(BANKS[name])
    assert (out(found), found.money_in, found.not_read, found.asks) == (POOL, (), (), ())


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_encoding_that_a_bank_or_excel_writes_is_read(code: str) -> None:
    """Pound signs and letters with accents come out right of UTF-8 and UTF-16, with a mark or without, and cp1252."""
    found = read(f"{HEAD}27/03/2027,Café Zoë,-£12.50\n".encode(code))
    assert out(found) == [("2027-03-27", 1250, "Café Zoë")]


def test_letters_of_other_scripts_stay_and_formulas_are_text() -> None:
    """A payee in another script stays as it is; a formula is text, and control characters are gone from it."""
    found = read(
        HEAD + '27/03/2027,Ewa Przykład 東京,-1\n27/03/2027,"=HYPERLINK(""http://x"",""a\x1b[2J"")",-2\n'
        "27/03/2027,@SUM(A1:A9)\x07,-3\n"
    )
    assert [payee for _day, _pence, payee in out(found)] == [
        "Ewa Przykład 東京",
        '=HYPERLINK("http://x","a[2J")',
        "@SUM(A1:A9)",
    ]


def test_money_in_stands_apart() -> None:
    """A refund and money that came in are no purchases, whether in a column of their own, by sign or by CR."""
    signed = read(HEAD + "26/03/2027,Shop,-5.00\n27/03/2027,Shop,-7.00\n28/03/2027,Refund from shop,5.00\n")
    marked = read(HEAD + "26/03/2027,Shop,5.00 DR\n28/03/2027,Refund,5.00 CR\n")
    column = read("Date,Details,Paid out,Paid in\n26/03/2027,Shop,5.00,\n28/03/2027,NHS,,3908.75\n")
    assert [[row.pence for row in found.money_in] for found in (signed, marked, column)] == [[500], [500], [390875]]
    assert [len(found.paid_out) for found in (signed, marked, column)] == [2, 1, 1]


LEFT_OUT = {
    "Total,,-12.50": rows.TOTAL,
    ",Total paid out,-12.50": rows.TOTAL,
    "28/03/2027,Balance brought forward,100.00": rows.TOTAL,
    ",Pool,-1.00": rows.NO_DAY,
    "soon,Pool,-1.00": rows.WRONG_DAY,
    "31/02/2027,Pool,-1.00": rows.WRONG_DAY,
    "27/03/1027,Pool,-1.00": rows.WRONG_DAY,
    "27/03/2028,Pool,-1.00": rows.FUTURE_DAY,
    "27/03/2027,Pool,": rows.NO_AMOUNT,
    "27/03/2027,Pool": rows.NO_AMOUNT,
    "27/03/2027,Pool,twelve": rows.WRONG_AMOUNT,
    f"27/03/2027,Pool,-{'9' * 5000}": rows.WRONG_AMOUNT,
    "27/03/2027,Pool,-10000000.00": rows.WRONG_AMOUNT,
    "27/03/2027,Pool,$12.50": rows.WRONG_AMOUNT,
    "27/03/2027,Pool,-12.505": rows.WRONG_AMOUNT,
    "27/03/2027,Pool,--12.50": rows.WRONG_AMOUNT,
    "27/03/2027,Pool,1e3": rows.WRONG_AMOUNT,
    "27/03/2027,Pool,NaN": rows.WRONG_AMOUNT,
    "27/03/2027,Pool,0.00": rows.NOTHING,
    "27/03/2027,Pool, London,-12.50": rows.TOO_WIDE,
    '27/03/2027,"Pool,-12.50': rows.NOT_CUT,
}


def test_every_row_that_is_not_understood_is_named_with_its_line_and_reason() -> None:
    """Each row that gives no payment is listed with the number of its line and why, and the rest is read."""
    text = HEAD + "".join(f"{row}\n" for row in LEFT_OUT) + "27/03/2027,Swimming pool,-12.50\n" * 2
    found = read(text)
    assert [(row.line, row.reason) for row in found.not_read] == list(enumerate(LEFT_OUT.values(), 2))
    assert out(found) == POOL * 2
    assert all(len(row.words) <= 120 for row in found.not_read)


def test_what_the_bank_did_not_pay_is_no_payment() -> None:
    """A row that was declined, waits to be paid or is in another currency is left out, with that reason."""
    found = read(
        "Date,Description,Amount,Currency,State\n27/03/2027,a,-1.00,GBP,COMPLETED\n27/03/2027,b,-1.00,GBP,Declined\n"
        "27/03/2027,c,-1.00,GBP,PENDING\n27/03/2027,d,-1.00,EUR,COMPLETED\n"
    )
    assert [row.payee for row in found.paid_out] == ["a"]
    assert [row.reason for row in found.not_read] == [rows.NOT_PAID, rows.NOT_YET, rows.NOT_POUNDS]


@pytest.mark.parametrize("state", ["Returned", "UNPAID", "bounced", "Blocked", "Expired", "Void", "Not paid"])
def test_a_payment_that_came_to_nothing_is_none(state: str) -> None:
    """Whichever word a bank has for it, what it did not pay in the end is left out."""
    found = read(f"Date,Description,Amount,Status\n27/03/2027,a,-1.00,{state}\n27/03/2027,b,-1.00,Settled\n")
    assert [row.payee for row in found.paid_out] == ["b"]
    assert [row.reason for row in found.not_read] == [rows.NOT_PAID]


def test_a_row_that_does_not_say_which_way_is_no_payment() -> None:
    """Where a column says which way the money went, a row in which it says neither is left out, whatever its sign."""
    text = (
        "Date,Name,Amount,Direction\n26/03/2027,a,5,OUT\n27/03/2027,b,5,IN\n28/03/2027,c,5,NEUTRAL\n29/03/2027,d,-5,\n"
    )
    found = read(text + "30/03/2027,e,5,out\n")
    assert ([row.payee for row in found.paid_out], [row.payee for row in found.money_in]) == (["a", "e"], ["b"])
    assert [row.reason for row in found.not_read] == [rows.NO_WAY] * 2


def test_a_row_that_takes_another_back_is_no_payment() -> None:
    """Where most of a column has no minus sign, one that has is left out; and the reverse; and money both ways."""
    head = "Date,Details,Paid out,Paid in\n"
    found = read(head + "26/03/2027,a,5.00,\n27/03/2027,b,-5.00,\n28/03/2027,c,2.00,\n29/03/2027,d,1.00,1.00\n")
    assert [row.payee for row in found.paid_out] == ["a", "c"]
    assert [row.reason for row in found.not_read] == [rows.OTHER_SIGN, rows.BOTH]


def test_a_shop_called_total_is_a_shop() -> None:
    """Only a row that is a sum is left out as one, and no payee whose name begins so."""
    assert [payee for _d, _p, payee in out(read(HEAD + "27/03/2027,Total Fitness,-30.00\n"))] == ["Total Fitness"]


# -- what has to be asked


def test_which_number_is_the_month_is_decided_from_the_whole_file_or_asked() -> None:
    """One day after the 12th decides for all rows; a file without one, or with both, is asked about."""
    sure = read(HEAD + "03/04/2027,a,-1\n27/03/2027,b,-1\n")
    american = read(HEAD + "03/04/2027,a,-1\n03/27/2027,b,-1\n")
    unsure, mixed = read(HEAD + "03/04/2027,a,-1\n"), read(HEAD + "13/04/2027,a,-1\n04/13/2027,b,-1\n")
    assert [found.paid_out[0].day for found in (sure, american)] == [date(2027, 4, 3), date(2027, 3, 4)]
    assert [found.asks for found in (sure, american, unsure, mixed)] == [(), (), (Ask.ORDER,), (Ask.ORDER,)]
    answered = read(HEAD + "03/04/2027,a,-1\n", Answers(month_first=True))
    assert (answered.asks, answered.paid_out[0].day) == ((), date(2027, 3, 4))
    assert read(HEAD + "04/04/2027,a,-1\n").asks == (), "it is the same day either way"


def test_whether_a_minus_means_paid_out_is_asked_unless_most_amounts_have_one() -> None:
    """A card's export may show what was paid without a sign; then nothing is taken for paid before somebody says so."""
    text = HEAD + "26/03/2027,a,5.00\n27/03/2027,b,7.00\n28/03/2027,Refund,-5.00\n"
    assert read(text).asks == (Ask.SIGN,)
    answered = read(text, Answers(minus_is_out=False))
    assert (answered.asks, [row.payee for row in answered.paid_out]) == ((), ["a", "b"])
    assert [row.payee for row in answered.money_in] == ["Refund"]


def test_without_headings_it_is_asked_which_column_is_which() -> None:
    """The columns are shown with a few of their cells and a guess, and nothing is read before somebody agreed."""
    text = "27/03/2027,Swimming pool,-12.50,88123456\n28/03/2027,Bus,-2.50,88123457\n"
    found = read(text)
    assert (found.asks, found.paid_out) == ((Ask.COLUMNS,), ())
    layout = found.answers.layout
    assert layout is not None
    assert [layout.role_of(n) for n in range(4)] == [Role.DAY, Role.PAYEE, Role.AMOUNT, None]
    assert found.columns[1].examples == ("Swimming pool", "Bus")
    assert out(read(text, Answers(layout))) == [*POOL, ("2027-03-28", 250, "Bus")]
    other = layout.with_role(3, Role.PAYEE).with_role(1, None)
    assert [row.payee for row in read(text, Answers(other)).paid_out] == ["88123456", "88123457"]


def test_headings_that_do_not_say_to_whom_are_asked_about() -> None:
    """A file whose headings name a day and an amount but no payee is not read before somebody chose one."""
    found = read("Date,Zzz,Amount\n27/03/2027,Swimming pool,-12.50\n")
    assert (found.asks, found.paid_out) == ((Ask.COLUMNS,), ())


# -- files that are none


def test_a_file_of_another_sort_is_refused_with_what_to_do() -> None:
    """PDF, Excel, web page, picture, OFX, words and nothing at all: one sentence each, and no row."""
    for data in (
        b"%PDF-1.7\n%x",
        b"PK\x03\x04xlsx",
        b"\xd0\xcf\x11\xe0xls",
        b"<!DOCTYPE html><html>",
        b"OFXHEADER:100",
    ):
        assert read(data) == Statement(refused="This is not a CSV file. In your bank's website choose CSV.")
    assert read(b"Dear Ann\nthank you\n").refused == encoding.not_csv()
    assert read(bytes(range(256)) * 20).refused == encoding.not_csv()
    for data in (b"", b"\xef\xbb\xbf", b" \r\n\r\n"):
        assert read(data).refused == "This file is empty."


def test_a_file_that_is_too_long_is_refused_quickly() -> None:
    """100,000 rows, and empty lines without end, get a sentence within a second or two."""
    started = time.process_time()
    assert "more than 2,000 lines" in read(HEAD + "27/03/2027,Pool,-1.00\n" * 100_000).refused
    assert read("\n" * encoding.MOST_BYTES).refused
    assert read(b"a,b\n" * (encoding.MOST_BYTES // 4)).refused
    assert read(b",\n" * (encoding.MOST_BYTES // 2)).refused == encoding.not_csv()
    assert read(('"' * 99 + "\n") * 30_000).refused
    assert read("x" * (encoding.MOST_BYTES + 1)).refused == encoding.too_large()
    assert time.process_time() - started < 10 or sys.gettrace()


def test_a_file_as_long_as_may_be_is_read() -> None:
    """The most rows that are read are all read."""
    assert len(read(HEAD + "27/03/2027,Pool,-1.00\n" * (table.MOST_ROWS - 1)).paid_out) == table.MOST_ROWS - 1


# -- never twice


def test_rows_that_are_alike_are_numbered_the_same_in_a_longer_file() -> None:
    """Two bus tickets of one day are two payments, the same two in a longer file, in another order and spelling."""
    first = read(HEAD + "27/03/2027,Bus,-2.50\n27/03/2027,Bus,-2.50\n")
    longer = read(HEAD + "28/03/2027,Pool,-9\n27/03/2027,BUS ,-2.50\n27/03/2027,bus,-2.50\n27/03/2027,Bus,-2.50\n")
    assert [row.number for row in first.paid_out] == [1, 2]
    assert [row.number for row in longer.paid_out] == [1, 1, 2, 3]


def test_a_day_keeps_out_what_no_calendar_has() -> None:
    """Figures of other scripts are read, and what is too long to be a day is none."""
    assert days.read("\u0662\u0667/\u0660\u0663/\u0662\u0660\u0662\u0667") == date(2027, 3, 27)
    assert days.read("1" * 5000) is None
    assert days.read("27/03-2027") is None
