"""Goods and money: two legs or directions of the same, parts and wholes, what the store can hold."""
