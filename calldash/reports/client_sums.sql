-- One client's whole history in sum, and how many of its calls came before the call $call_no; instants end in _local.
WITH this AS (SELECT started_at AS this_at FROM calls WHERE call_no = $call_no)
SELECT
    count(*) AS entries,
    count(*) FILTER (started_at < this_at OR started_at = this_at AND call_no < $call_no) AS earlier,
    count(*) FILTER ({counted}) AS calls, count(*) FILTER ({missed}) AS missed, count(*) FILTER ({talked}) AS talked,
    sum(talk_s) FILTER ({talked}) AS talk_s, count(*) FILTER ({message}) AS messages, count(*) FILTER ({sold}) AS sales,
    CASE WHEN count(DISTINCT currency) FILTER ({sold} AND sale_amount IS NOT NULL) = 1
        THEN sum(sale_amount) FILTER ({sold}) END AS sale_amount,
    min(currency) FILTER ({sold} AND sale_amount IS NOT NULL) AS currency,
    count(DISTINCT line) AS lines, count(DISTINCT system) AS systems,
    timezone($zone, timezone('UTC', min(started_at))) AS first_local
FROM (FROM calls WHERE client_id = $client_id AND {visible}), this;
