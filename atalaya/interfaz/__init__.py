"""Piezas de Streamlit que comparten las páginas."""
