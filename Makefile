# Órdenes de la casa. `make ayuda` las lista; README.md las explica.
SHELL := /bin/bash
PY := .venv/bin/python
NUCLEOS ?= auto
.DEFAULT_GOAL := ayuda
.PHONY: ayuda app test revisar acervo mapa bench bench-encuestas bench-registros bench-informes referencia limpiar

ayuda: ## Lista las órdenes
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 26

.venv/.listo-app: requirements.txt herramientas/preparar.sh
	@bash herramientas/preparar.sh app

.venv/.listo-pruebas: requirements.txt requirements-dev.txt herramientas/preparar.sh
	@bash herramientas/preparar.sh pruebas

app: .venv/.listo-app ## Prepara todo y abre el tablero con los datos que trae el proyecto
	@echo "Ordenando las cifras (sólo la primera vez tarda: unos 15 segundos)"
	@$(PY) -c "from atalaya import motor; motor.abrir()"
	$(PY) -m streamlit run app.py

revisar: .venv/.listo-pruebas ## Estilo, tipos y capas (ruff, mypy, import-linter)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

test: revisar ## Instala lo que piden las pruebas (Chromium incluido) y las corre todas
	@bash herramientas/preparar.sh chromium
	$(PY) -m pytest -n $(NUCLEOS) --dist loadfile

acervo: .venv/.listo-app ## Rehace el acervo desde los archivos oficiales: make acervo FUENTES="carpeta/*.zip"
	@test -n "$(FUENTES)" || { echo "Falta FUENTES=\"carpeta/*.zip\": los archivos de INEGI (docs/acervo.md dice cuáles)"; exit 2; }
	$(PY) -m atalaya incorporar $(FUENTES)

mapa: .venv/.listo-pruebas ## Rehace los mapas; con FUENTES="municipios.geojson comunas.rda", también sus límites
	$(PY) -m atalaya.fuentes.limites $(FUENTES)
	$(PY) -m atalaya.fuentes.vecindad

bench: .venv/.listo-pruebas ## Mide velocidad y memoria; escribe docs/rendimiento.md
	@bash herramientas/preparar.sh chromium
	$(PY) -m bench.tablero

bench-encuestas: .venv/.listo-pruebas ## Mide el motor de encuestas junto a R survey y svy
	$(PY) -m bench.encuestas

bench-registros: .venv/.listo-pruebas ## Mide la serie municipal del SESNSP a su tamaño (31 millones de celdas)
	$(PY) -m bench.registros

bench-informes: .venv/.listo-pruebas ## Mide las láminas, los PDF, las imágenes y la búsqueda
	$(PY) -m bench.informes

referencia: ## Regenera los valores de referencia con R (paquete survey)
	Rscript tests/referencia/generar.R

limpiar: ## Borra el entorno y lo que las pruebas dejan
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis capturas
