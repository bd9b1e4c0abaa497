"""What every page of central's has around it: its head, its looks, nothing from elsewhere."""

from html import escape

STYLE = """
body { font: 1.1rem/1.5 system-ui, sans-serif; color: #10181f; background: #fff; margin: 1rem auto; max-width: 60rem;
  padding: 0 1rem; }
h1, h2, h3 { line-height: 1.2; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #5c6b78; }
.scroll { overflow-x: auto; } .two { border-left: .4rem solid #7a0c0c; padding-left: .8rem; }
"""


def plain(title: str, body: str, before: str = "") -> str:
    """A page as HTML.

    Args:
        title: What it is called.
        body: What is in it, as HTML.
        before: What stands before it, as HTML.
    """
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>{before}'
        f"<main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
