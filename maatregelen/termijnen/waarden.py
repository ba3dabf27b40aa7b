"""The members of precision and relation by a plain name: asking an enum for one costs as much as reading a word."""

from maatregelen.models import Precisie, Relatie

P_DAG = Precisie.DAG
P_WEEK = Precisie.WEEK
P_MAAND = Precisie.MAAND
P_KWARTAAL = Precisie.KWARTAAL
P_HALFJAAR = Precisie.HALFJAAR
P_SEIZOEN = Precisie.SEIZOEN
P_JAAR = Precisie.JAAR
P_PERIODE = Precisie.PERIODE
P_DUUR = Precisie.DUUR
P_VAAG = Precisie.VAAG

W_OP = Relatie.OP
W_IN = Relatie.IN
W_VOOR = Relatie.VOOR
W_UITERLIJK = Relatie.UITERLIJK
W_TOT = Relatie.TOT
W_VANAF = Relatie.VANAF
W_TUSSEN = Relatie.TUSSEN
W_BINNEN = Relatie.BINNEN
