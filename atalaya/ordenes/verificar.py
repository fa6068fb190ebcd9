"""`verificar`: que el acervo sea lo que su manifiesto dice y cumpla los controles del dato."""

from __future__ import annotations

import typer

from atalaya.ordenes.comun import OpcionAcervo


def verificar(acervo: OpcionAcervo = None) -> None:
    """Comprueba huellas, filas, contrato y llaves de cada versión, y los controles del dato en la vigente.

    Sale con 1 y dice cada falta si algo no está bien.
    """
    from atalaya import motor
    from atalaya.acervo.lectura import Acervo, raiz_por_omision, versiones
    from atalaya.acervo.verificacion import verificar as revisar
    from atalaya.incorporacion import controlar

    raiz = acervo if acervo is not None else raiz_por_omision()
    faltas = revisar(raiz)
    for falta in faltas:
        typer.echo(falta, err=True)
    if faltas:
        raise typer.Exit(1)
    en_falta = controlar(motor.abrir(raiz, perezoso=True))
    for nombre, filas in en_falta.items():
        typer.echo(f"consultas/{nombre}.sql: {filas.num_rows} filas en falta", err=True)
        for fila in filas.slice(0, 5).to_pylist():
            typer.echo("  " + ", ".join(f"{k}={v}" for k, v in fila.items() if v is not None), err=True)
    if en_falta:
        raise typer.Exit(1)
    vigente = Acervo.abrir(raiz)
    typer.echo(
        f"Bien: versión {vigente.version}, {len(vigente.fuentes)} archivos oficiales, "
        f"{sum(f.filas for f in vigente.fuentes):,} filas; versiones íntegras: {len(versiones(raiz))}; "
        f"controles sin faltas: {sum(c.nombre.startswith('controlar/') for c in motor.consultas())}."
    )
