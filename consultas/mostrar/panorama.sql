-- devuelve: de unos indicadores en un periodo, la cifra de la nación y de cada área urbana
-- grano: una fila por indicador y lugar levantado en el periodo
-- parametros: indicadores (lista de texto), periodo (texto), desglose (texto)
-- metodo: cifra vigente. Cada lugar lleva su estado; el que no aplica (alcaldías sin policía municipal) sale
--   con él y sin cifra. Un lugar que no se encuestaba en el periodo no sale.

select e.*
from estimacion_con_error as e
inner join lugares as l using (lugar)
where list_contains($indicadores::varchar[], e.indicador)
    and e.periodo = $periodo
    and e.desglose = $desglose
    and l.tipo in ('pais', 'area_urbana')
order by list_position($indicadores::varchar[], e.indicador), e.lugar
