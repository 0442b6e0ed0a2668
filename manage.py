#!/usr/bin/env python
"""Start of every command of Ashar, for those who have not installed `ashar`."""

from __future__ import annotations

from config.command import main

if __name__ == "__main__":
    main()
