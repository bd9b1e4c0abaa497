"""The one way to make a Jinja2 environment: every value is escaped and printable, and a missing one is an error."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from phb_tui.domain.text.template_values import printable


def environment(package: str) -> Environment:
    """An environment for the templates in a package's folder `templates/`.

    Args:
        package: The package, by its dotted name.
    """
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=printable,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
