#!/usr/bin/env bash
# Deja lista una máquina recién instalada. Uso: preparar.sh app | pruebas | chromium
#   app       entorno virtual .venv y lo que pide requirements.txt
#   pruebas   lo anterior y requirements-dev.txt
#   chromium  un Chromium o Chrome que las pruebas puedan abrir
# Sólo instala paquetes del sistema si es root en una Debian o derivada; si no, dice qué instalar.
set -euo pipefail
cd "$(dirname "$0")/.."

puede_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

instalar_apt() {
  echo "Instalando del sistema: $*"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

buscar_python() {
  local candidato
  for candidato in ${PYTHON:-} python3.11 python3.12 python3; do
    if command -v "$candidato" >/dev/null &&
      "$candidato" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' 2>/dev/null; then
      echo "$candidato"
      return
    fi
  done
  echo "Atalaya necesita Python 3.11 o 3.12. Instálelo (en Debian 12: apt-get install python3 python3-venv) o diga cuál: PYTHON=/ruta make app" >&2
  return 1
}

preparar_entorno() {
  local lista=$1 sello=$2 python
  if [ ! -x .venv/bin/python ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    if ! python=$(buscar_python); then
      puede_apt || exit 1
      instalar_apt python3 python3-venv
      python=$(buscar_python)
    fi
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
      puede_apt || { echo "Falta el módulo venv de Python: apt-get install python3-venv" >&2; exit 1; }
      instalar_apt python3-venv
    fi
    rm -rf .venv
    "$python" -m venv .venv
  fi
  echo "Instalando $lista (la primera vez tarda unos minutos)"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$lista"
  touch "$sello"
}

preparar_chromium() {
  local candidato
  for candidato in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    [ -n "$candidato" ] && command -v "$candidato" >/dev/null && return
  done
  puede_apt || {
    echo "Las pruebas de navegador necesitan Chromium o Chrome. Instálelo, o diga dónde está: CHROMIUM=/ruta make test" >&2
    exit 1
  }
  instalar_apt chromium fonts-liberation
}

case "${1:-}" in
  app) preparar_entorno requirements.txt .venv/.listo-app ;;
  pruebas) preparar_entorno requirements-dev.txt .venv/.listo-pruebas && touch .venv/.listo-app ;;
  chromium) preparar_chromium ;;
  *) sed -n '2,6p' "$0"; exit 2 ;;
esac
