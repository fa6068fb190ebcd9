-- devuelve: las filas cuyo estado contradice lo que traen: «dato» sin cifra, u otro estado con cifra o con precisión
-- grano: una fila por contradicción
-- parametros: ninguno
-- metodo: dato ⇔ valor_pct no nulo; sin dato no hay precisión de ese valor; publicada con dato lleva siempre su precisión

select archivo, cuadro, celda, periodo, lugar, indicador, desglose, estado, valor_pct, precision
from estimacion
where (estado = 'dato') <> (valor_pct is not null)
    or (estado <> 'dato' and precision is not null)
    or (estado = 'dato' and metodo = 'publicada' and precision is null)
order by all
