-- devuelve: las pasantías, seminarios y congresos, con sus fechas
-- grano: una fila por pasantía
-- parametros: ninguno
-- metodo: dias, los naturales del primero al último inclusive; nulo si alguna fecha no dice el día

select p.pasantia, p.nombre as nombre_pasantia, p.de_lugar, p.a_lugar, p.inicio, p.fin,
    case when length(p.inicio) = 10 and length(p.fin) = 10 then date_diff('day', p.inicio::date, p.fin::date) + 1 end as dias,
    p.convenio, c.nombre as nombre_convenio, p.documento, p.pasaje
from pasantias as p
inner join convenios as c using (convenio)
order by p.inicio, p.pasantia
