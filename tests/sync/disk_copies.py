"""Copies of a laptop's disk, to which it is put back."""

import shutil

from phb_tui.services.session import Session
from tests.services.environment import Environment


class Copies:
    """Copies of the laptop's disk."""

    def __init__(self, env: Environment) -> None:
        self.env = env

    def take(self, name: str = "copy") -> None:
        self.env.lock()
        shutil.copytree(self.env.stores, self.env.stores.with_name(name))
        self.env.unlock()

    def put_back(self, name: str = "copy") -> Session:
        self.env.lock()
        shutil.rmtree(self.env.stores)
        shutil.copytree(self.env.stores.with_name(name), self.env.stores)
        return self.env.unlock()
