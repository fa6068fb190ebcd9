"""Atalaya: el marco. `streamlit run app.py` lo abre.

Streamlit usa este archivo dos veces: al arrancar lo importa y encuentra `app`, el servidor; en cada visita lo corre
como guion y arma la página.
"""

import streamlit as st

from atalaya.interfaz import marco, servidor

if __name__ == "__main__":
    marco.correr()
else:
    app = st.App(__file__, **servidor.MONTAJE)
