"""The encrypted store (SQLCipher): the only package that imports its driver and has the laptop's SQL."""

import sys

import sqlcipher3
import sqlcipher3.dbapi2

# sqlite-utils takes its exception classes from pysqlite3 when there is one; without this it does not recognise ours.
sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher3.dbapi2)
