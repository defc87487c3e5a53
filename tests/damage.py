"""Damage to files, as a failing disk does it.

The file is replaced by a damaged one: if it were cut where it lies, an engine that has it mapped into memory would end
the whole process by a bus error.
"""


def put(file, content):
    """Give a file other content."""
    new = file.with_name(f"{file.name}.new")
    new.write_bytes(content)
    new.replace(file)


def cut(file, size=None):
    """Leave the first half of a file, or `size` bytes."""
    put(file, file.read_bytes()[: file.stat().st_size // 2 if size is None else size])


def spoil(file):
    """Change one byte in the middle of a file."""
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    put(file, content)
