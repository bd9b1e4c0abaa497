"""Words that are wider than a line of any paper, by what makes them hard to break."""

WIDE = {
    "a place name": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "an address": "https://www.example.org/personal-health-budgets?team=sampletown&form=continuing_healthcare&" * 3,
    "the widest letters": "W" * 200,
    "a line to write on": "_" * 90,
    "no-break spaces": "two\u00a0words\u00a0" * 30,
    "narrow no-break spaces": "a\u202f" * 150,
    "no-break hyphens": "well\u2011meant\u2011" * 20,
    "word joiners": "a\u2060b\u2060" * 100,
    "combining letters": "e\u0301" * 200,
    "Arabic": "الحديقة" * 30,
    "Devanagari": "मेराबगीचा" * 30,
    "Thai": "ฉันชอบสวนของฉัน" * 12,
    "Khmer": "ខ្ញុំចូលចិត្តសួនច្បារ" * 10,
    "Chinese": "我的花园" * 60,
    "emoji": "👩‍⚕️" * 80,
}
