"""What a library holds and what it lacks: searches, the coverage of provisions, and how both are shown."""
