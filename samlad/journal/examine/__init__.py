"""What a file is, what it says and what it must not hold. Pure, without Django: it runs in a process of its own."""
