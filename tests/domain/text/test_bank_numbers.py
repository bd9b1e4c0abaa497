"""Numbers of accounts and cards that somebody typed among words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phb_tui.domain.text import bank_numbers


@pytest.mark.parametrize(
    "text",
    [
        "12345678", "Account 31926819 at the bank", "20-00-00 55779911", "20 00 00 55779911", "09-01-26 12345678",
        "sort code 200000", "Sort code: 09-01-26", "20-00-99", "account no. 1234567", "4111 1111 1111 1111",
        "card 5500000000000004.", "3782 822463 10005", "GB29 NWBK 6016 1331 9268 19",
        "\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18",
    ],
)  # fmt: skip
def test_the_number_of_an_account_or_a_card_is_seen(text: str) -> None:
    """However it is spaced: eight figures, a sort code, a card that its check figure fits, an IBAN."""
    assert bank_numbers.has_one(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "27 3 2027", "27-03-27", "27.03.2027", "2027-03-27", "27032027", "March 2026", "1/4/26-31/3/27",
        "2026/27 9,800.00", "01632 960 001", "+44 1632 960001", "020 7123 4567", "0300 123 4567",
        "999 000 0011", "9990000011", "Y00001",
        "4 weeks' notice, 6 years", "4111 1111 1111 1112", "SI 2013/1617", "ZZ99 3WZ",
        "1,250.00", "an account of its own",
    ],
)  # fmt: skip
def test_dates_and_telephone_numbers_are_no_such_number(text: str) -> None:
    """Nor are years, amounts, NHS numbers, postcodes and codes of organisations."""
    assert not bank_numbers.has_one(text)


@given(st.text(alphabet="0123456789 -/.abGB£\u00b2\u0663", max_size=400))
def test_any_text_is_read(text: str) -> None:
    """No text breaks it, and what is typed before it in plain words hides no number."""
    if bank_numbers.has_one(text):
        assert bank_numbers.has_one(f"see: {text}")
