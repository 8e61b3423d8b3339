"""Tables that people bring besides calls: ad spend and deals. Read, checked as a whole, kept whole or not at all."""
