-- devuelve: las carpetas de un delito en una entidad y un mes en que el catálogo dice que no lo registra
-- grano: una fila por conteo que contradice a sin_registro.csv
-- parametros: ninguno
-- metodo: donde una entidad no registra un delito, todo debe venir en cero (y publicarse como no_registrado). Si hay alguna
--   carpeta, o el catálogo se equivoca o la entidad empezó a registrar y falta cerrar el tramo

select c.archivo, c.celda, c.periodo, c.lugar, c.indicador, c.desglose, c.casos, s.desde, s.hasta
from conteo as c
inner join sin_registro as s
    on s.fuente = c.fuente
    and s.entidad = left(c.lugar, 5)
    and s.indicador = c.indicador
    and s.desde <= case when len(c.periodo) = 4 then c.periodo || '-01' else c.periodo end
    and coalesce(s.hasta, '9999-12') >= case when len(c.periodo) = 4 then c.periodo || '-12' else c.periodo end
where c.casos > 0
order by all
limit 1000
