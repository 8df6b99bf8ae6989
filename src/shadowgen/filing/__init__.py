"""What was sent, and what follows from it: `sealing` files a submission, `history` tells where findings were used and what changed since,
`carrying` proposes the submission of the next cycle, `versions` finds what a redline compares.
"""
