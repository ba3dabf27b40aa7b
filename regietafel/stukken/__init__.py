"""Papers: what stands in them is said once, from the data, and written as PDF, ODT or Word.

beschrijving   what a paper consists of, without a format, and the check number that follows from it
inhoud         builds that from the data, per kind and subject (inhoud_* hold the kinds)
pdf, odt, word the writers: each shows the same description
bewaring       where the files are
maken          asking for a paper, making it, making it again
controle       which paper a number on paper belongs to
"""
