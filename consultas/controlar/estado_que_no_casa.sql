-- devuelve: las filas cuyo estado contradice lo que traen: «dato» sin cifra, u otro estado con cifra o con precisión
-- grano: una fila por contradicción
-- parametros: ninguno
-- metodo: dato ⇔ valor_pct no nulo; sin dato no hay precisión. Una cifra publicada entre 0 y 100 lleva siempre su clase de
--   precisión: sólo puede faltar en 0 y en 100 (el tabulado no da CV) y en las compuestas sumando dos celdas («C9+E9»)

select archivo, cuadro, celda, periodo, lugar, indicador, desglose, estado, valor_pct, precision
from estimacion
where (estado = 'dato') <> (valor_pct is not null)
    or (estado <> 'dato' and precision is not null)
    or (
        estado = 'dato'
        and metodo = 'publicada'
        and precision is null
        and valor_pct > 0
        and valor_pct < 100
        and not contains(celda, '+')
    )
order by all
