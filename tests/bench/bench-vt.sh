#!/bin/sh
# The terminal's core alone: see bench-vt.c.
exec "${top_builddir:-.}/tests/bench/bench-vt"
