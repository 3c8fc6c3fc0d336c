<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>Alerts</name>
    <message>
        <source>p99 %1</source>
        <translation>p99 %1</translation>
    </message>
    <message>
        <source>%1 blocked</source>
        <translation>%1 blockiert</translation>
    </message>
    <message>
        <source>lag %1</source>
        <translation>Rückstand %1</translation>
    </message>
    <message>
        <source>connections %1</source>
        <translation>Verbindungen %1</translation>
    </message>
    <message>
        <source>transaction %1</source>
        <translation>Transaktion %1</translation>
    </message>
    <message>
        <source>cache %1</source>
        <translation>Cache %1</translation>
    </message>
    <message>
        <source>%1 of data behind its primary.</source>
        <translation>%1 Daten hinter dem Primärserver.</translation>
    </message>
    <message>
        <source>%1 of data behind its primary (%2).</source>
        <translation>%1 Daten hinter dem Primärserver (%2).</translation>
    </message>
    <message>
        <source>p99 is %1, %2 the fleet median.</source>
        <translation>p99 ist %1, %2 der Median der Flotte.</translation>
    </message>
    <message>
        <source>p99 is %1, the limit is %2.</source>
        <translation>p99 ist %1, die Grenze ist %2.</translation>
    </message>
    <message>
        <source>1 session waits for a lock.</source>
        <translation>1 Sitzung wartet auf eine Sperre.</translation>
    </message>
    <message>
        <source>%1 sessions wait for a lock.</source>
        <translation>%1 Sitzungen warten auf eine Sperre.</translation>
    </message>
    <message>
        <source>%1 of %2 connections are taken.</source>
        <translation>%1 von %2 Verbindungen sind belegt.</translation>
    </message>
    <message>
        <source>%1 is the age of the oldest open transaction.</source>
        <translation>%1 ist das Alter der ältesten offenen Transaktion.</translation>
    </message>
    <message>
        <source>%1 of the blocks read come from shared memory, the limit is %2.</source>
        <translation>%1 der gelesenen Blöcke kommen aus dem gemeinsamen Speicher, die Grenze ist %2.</translation>
    </message>
    <message>
        <source>Look for a statement that reads whole tables, or give the server more shared_buffers.</source>
        <translation>Nach einer Anweisung suchen, die ganze Tabellen liest, oder dem Server mehr shared_buffers geben.</translation>
    </message>
    <message>
        <source>Find the session that holds the lock: the first of the chain in pg_blocking_pids().</source>
        <translation>Die Sitzung suchen, die die Sperre hält: die erste der Kette in pg_blocking_pids().</translation>
    </message>
    <message>
        <source>Look for a long query on the replica and at the network between the two.</source>
        <translation>Nach einer langen Abfrage auf der Replik und nach dem Netz dazwischen sehen.</translation>
    </message>
    <message>
        <source>Close idle sessions or put a pooler in front before new logins are refused.</source>
        <translation>Untätige Sitzungen schließen oder einen Pooler davorsetzen, bevor Anmeldungen abgelehnt werden.</translation>
    </message>
    <message>
        <source>Find out who left it open; until it ends, vacuum removes nothing newer.</source>
        <translation>Herausfinden, wer sie offen ließ; bis sie endet, räumt VACUUM nichts Neueres weg.</translation>
    </message>
    <message>
        <source>Compare its statements and its load with the others.</source>
        <translation>Ihre Anweisungen und ihre Last mit den anderen vergleichen.</translation>
    </message>
    <message>
        <source>disk %1</source>
        <translation>Platte %1</translation>
    </message>
    <message>
        <source>xid age %1</source>
        <translation>XID-Alter %1</translation>
    </message>
    <message>
        <source>slot %1</source>
        <translation>Slot %1</translation>
    </message>
    <message>
        <source>The disk is %1 full, %2 are free.</source>
        <translation>Die Platte ist zu %1 voll, %2 sind frei.</translation>
    </message>
    <message>
        <source>The disk is %1 full.</source>
        <translation>Die Platte ist zu %1 voll.</translation>
    </message>
    <message>
        <source>%1 transactions since the last freeze, the limit is %2.</source>
        <translation>%1 Transaktionen seit dem letzten Einfrieren, die Grenze ist %2.</translation>
    </message>
    <message>
        <source>A slot holds back %1 of WAL, the limit is %2.</source>
        <translation>Ein Slot hält %1 WAL zurück, die Grenze ist %2.</translation>
    </message>
    <message>
        <source>Make room, or move a logical shard away.</source>
        <translation>Schaffen Sie Platz, oder verlegen Sie einen logischen Shard.</translation>
    </message>
    <message>
        <source>See why vacuum does not freeze: an old transaction, a slot, or no worker.</source>
        <translation>Sehen Sie nach, warum VACUUM nicht einfriert: eine alte Transaktion, ein Slot oder kein Worker.</translation>
    </message>
    <message>
        <source>Find out who reads the slot; a slot that nobody needs fills the disk.</source>
        <translation>Finden Sie heraus, wer den Slot liest; ein Slot, den niemand braucht, füllt die Platte.</translation>
    </message>
    <message>
        <source>Stands out: %1.</source>
        <translation>Fällt auf: %1.</translation>
    </message>
    <message>
        <source>None of the %1 servers answers: the network of this computer is the likely cause.</source>
        <translation>Keiner der %1 Server antwortet: vermutlich liegt es am Netz dieses Rechners.</translation>
    </message>
    <message>
        <source>Does not answer.</source>
        <translation>Antwortet nicht.</translation>
    </message>
    <message>
        <source>Rule %1.</source>
        <translation>Regel %1.</translation>
    </message>
    <message>
        <source>down</source>
        <translation>nicht erreichbar</translation>
    </message>
    <message>
        <source>no server answers</source>
        <translation>kein Server antwortet</translation>
    </message>
    <message>
        <source>common cause</source>
        <translation>gemeinsame Ursache</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>kritisch</translation>
    </message>
    <message>
        <source>acknowledged by %1: %2</source>
        <translation>bestätigt von %1: %2</translation>
    </message>
    <message>
        <source>muted until %1 by %2: %3</source>
        <translation>stumm bis %1 durch %2: %3</translation>
    </message>
    <message>
        <source>muted by %1: %2</source>
        <translation>stumm durch %1: %2</translation>
    </message>
</context>
<context>
    <name>ComputerChecks</name>
    <message>
        <source>%1, SCRAM logins</source>
        <translation>%1, Anmeldung mit SCRAM</translation>
    </message>
    <message>
        <source>%1 is older than 15</source>
        <translation>%1 ist älter als 15</translation>
    </message>
    <message>
        <source>Install libpq5 of PostgreSQL 15 or later.</source>
        <translation>libpq5 aus PostgreSQL 15 oder neuer installieren.</translation>
    </message>
    <message>
        <source>not found: %1 is not possible here</source>
        <translation>nicht gefunden: %1 hier nicht möglich</translation>
    </message>
    <message>
        <source>%1 is missing in %2</source>
        <translation>%1 fehlt in %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 cannot be run</source>
        <translation>%1 lässt sich nicht ausführen</translation>
    </message>
    <message>
        <source>System keychain</source>
        <translation>Schlüsselbund des Systems</translation>
    </message>
    <message>
        <source>session bus found: passwords can be kept there</source>
        <translation>Sitzungsbus gefunden: Passwörter können dort bleiben</translation>
    </message>
    <message>
        <source>not running: passwords come from ~/.pgpass or are asked for and not kept</source>
        <translation>läuft nicht: Passwörter kommen aus ~/.pgpass oder werden erfragt und nicht behalten</translation>
    </message>
    <message>
        <source>Start a keychain such as GNOME Keyring or KWallet in your session, or put passwords into ~/.pgpass (mode 0600).</source>
        <translation>Einen Schlüsselbund wie GNOME Keyring oder KWallet in der Sitzung starten oder die Passwörter in ~/.pgpass schreiben (Modus 0600).</translation>
    </message>
    <message>
        <source>Install the package postgresql-15 or later.</source>
        <translation>Das Paket postgresql-15 oder neuer installieren.</translation>
    </message>
    <message>
        <source>moves of shards</source>
        <translation>Umzüge von Shards</translation>
    </message>
    <message>
        <source>demo and embedded scratch</source>
        <translation>Demo und eingebetteter Notizserver</translation>
    </message>
</context>
<context>
    <name>Condition</name>
    <message>
        <source>healthy</source>
        <translation>gesund</translation>
    </message>
    <message>
        <source>degraded</source>
        <translation>beeinträchtigt</translation>
    </message>
    <message>
        <source>down</source>
        <translation>ausgefallen</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>veraltet</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet</translation>
    </message>
    <message>
        <source>not permitted</source>
        <translation>nicht erlaubt</translation>
    </message>
    <message>
        <source>primary</source>
        <translation>Primärserver</translation>
    </message>
    <message>
        <source>replica</source>
        <translation>Replik</translation>
    </message>
    <message>
        <source>directory</source>
        <translation>Verzeichnis</translation>
    </message>
</context>
<context>
    <name>ErrorRows</name>
    <message>
        <source>transactions rolled back</source>
        <translation>zurückgerollte Transaktionen</translation>
    </message>
    <message>
        <source>deadlocks</source>
        <translation>Verklemmungen</translation>
    </message>
    <message>
        <source>statements cancelled by recovery</source>
        <translation>durch die Wiederherstellung abgebrochene Anweisungen</translation>
    </message>
    <message>
        <source>sessions whose client vanished</source>
        <translation>Sitzungen, deren Client verschwand</translation>
    </message>
    <message>
        <source>sessions ended by a fatal error</source>
        <translation>durch einen fatalen Fehler beendete Sitzungen</translation>
    </message>
    <message>
        <source>sessions ended by an operator</source>
        <translation>vom Bediener beendete Sitzungen</translation>
    </message>
    <message>
        <source>pages with a wrong checksum</source>
        <translation>Seiten mit falscher Prüfsumme</translation>
    </message>
    <message>
        <source>SQLSTATE</source>
        <translation>SQLSTATE</translation>
    </message>
    <message>
        <source>condition</source>
        <translation>Bedingung</translation>
    </message>
    <message>
        <source>PostgreSQL&apos;s name of it</source>
        <translation>Name in PostgreSQL</translation>
    </message>
    <message>
        <source>how often</source>
        <translation>wie oft</translation>
    </message>
    <message>
        <source>In the part of the log that was read</source>
        <translation>Im gelesenen Teil des Protokolls</translation>
    </message>
    <message>
        <source>severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>last</source>
        <translation>zuletzt</translation>
    </message>
    <message>
        <source>By the server&apos;s clock</source>
        <translation>Nach der Uhr des Servers</translation>
    </message>
    <message>
        <source>database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>application</source>
        <translation>Anwendung</translation>
    </message>
    <message>
        <source>Of the newest one</source>
        <translation>Des neuesten</translation>
    </message>
    <message>
        <source>newest message</source>
        <translation>neueste Meldung</translation>
    </message>
    <message>
        <source>what</source>
        <translation>was</translation>
    </message>
    <message>
        <source>per minute</source>
        <translation>pro Minute</translation>
    </message>
    <message>
        <source>Since the tab was opened</source>
        <translation>Seit der Reiter geöffnet wurde</translation>
    </message>
    <message>
        <source>since reset</source>
        <translation>seit Zurücksetzen</translation>
    </message>
    <message>
        <source>Since the statistics of the database were reset</source>
        <translation>Seit die Statistik der Datenbank zurückgesetzt wurde</translation>
    </message>
    <message>
        <source>The role may not read the server&apos;s log: it needs EXECUTE on pg_current_logfile, pg_stat_file and pg_read_binary_file, or pg_read_server_files.</source>
        <translation>Die Rolle darf das Protokoll des Servers nicht lesen: Sie braucht EXECUTE auf pg_current_logfile, pg_stat_file und pg_read_binary_file oder pg_read_server_files.</translation>
    </message>
    <message>
        <source>The server keeps no log that can be read over SQL: logging_collector is off, or its file is gone.</source>
        <translation>Der Server führt kein Protokoll, das über SQL lesbar ist: logging_collector ist aus, oder die Datei fehlt.</translation>
    </message>
    <message>
        <source>from the server&apos;s log</source>
        <translation>aus dem Protokoll des Servers</translation>
    </message>
    <message>
        <source>from the server&apos;s log since %1</source>
        <translation>aus dem Protokoll des Servers seit %1</translation>
    </message>
    <message>
        <source>older messages not read</source>
        <translation>ältere Meldungen nicht gelesen</translation>
    </message>
    <message>
        <source>from pg_stat_database: the log cannot be read</source>
        <translation>aus pg_stat_database: Das Protokoll ist nicht lesbar</translation>
    </message>
    <message>
        <source>rates over %1</source>
        <translation>Raten über %1</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>the server</source>
        <translation>der Server</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1, Zeile %2</translation>
    </message>
    <message>
        <source>%1; expected: %2</source>
        <translation>%1; erwartet: %2</translation>
    </message>
    <message>
        <source>an empty value</source>
        <translation>ein leerer Wert</translation>
    </message>
    <message>
        <source>Shardhelm met a state it does not know at %1</source>
        <translation>Shardhelm traf bei %1 auf einen unbekannten Zustand</translation>
    </message>
    <message>
        <source>The connection string of %1 cannot be read</source>
        <translation>Die Verbindungszeichenfolge von %1 ist nicht lesbar</translation>
    </message>
    <message>
        <source>The host of %1 was not found by name</source>
        <translation>Der Rechner von %1 wurde unter seinem Namen nicht gefunden</translation>
    </message>
    <message>
        <source>%1 refused the connection</source>
        <translation>%1 hat die Verbindung abgelehnt</translation>
    </message>
    <message>
        <source>%1 did not answer the connection attempt in time</source>
        <translation>%1 hat nicht rechtzeitig auf den Verbindungsversuch geantwortet</translation>
    </message>
    <message>
        <source>The connection to %1 broke</source>
        <translation>Die Verbindung zu %1 ist abgebrochen</translation>
    </message>
    <message>
        <source>%1 could not be connected</source>
        <translation>Mit %1 kam keine Verbindung zustande</translation>
    </message>
    <message>
        <source>%1 refused the login</source>
        <translation>%1 hat die Anmeldung abgelehnt</translation>
    </message>
    <message>
        <source>The encrypted connection to %1 could not be made</source>
        <translation>Die verschlüsselte Verbindung zu %1 kam nicht zustande</translation>
    </message>
    <message>
        <source>The database of %1 does not exist</source>
        <translation>Die Datenbank von %1 gibt es nicht</translation>
    </message>
    <message>
        <source>%1 has no connection left</source>
        <translation>%1 hat keine Verbindung mehr frei</translation>
    </message>
    <message>
        <source>%1 is starting up, shutting down or recovering</source>
        <translation>%1 fährt hoch, herunter oder stellt sich wieder her</translation>
    </message>
    <message>
        <source>None of the hosts of %1 is what target_session_attrs asks for</source>
        <translation>Keiner der Rechner von %1 ist, was target_session_attrs verlangt</translation>
    </message>
    <message>
        <source>%1 runs a PostgreSQL older than 15.</source>
        <translation>Auf %1 läuft ein PostgreSQL, das älter ist als 15.</translation>
    </message>
    <message>
        <source>%1 runs PostgreSQL %2; 15 or later is needed.</source>
        <translation>Auf %1 läuft PostgreSQL %2; gebraucht wird 15 oder neuer.</translation>
    </message>
    <message>
        <source>Replication of %1 could not be set up</source>
        <translation>Die Replikation von %1 ließ sich nicht einrichten</translation>
    </message>
    <message>
        <source>The replica %1 receives nothing from its primary</source>
        <translation>Die Replik %1 empfängt nichts von ihrem Primärserver</translation>
    </message>
    <message>
        <source>%1 has another role than it should have</source>
        <translation>%1 hat eine andere Rolle als vorgesehen</translation>
    </message>
    <message>
        <source>%1 is a %2 and should be a %3.</source>
        <translation>%1 ist %2 und sollte %3 sein.</translation>
    </message>
    <message>
        <source>A statement failed on %1</source>
        <translation>Eine Anweisung ist auf %1 gescheitert</translation>
    </message>
    <message>
        <source>%1 did not answer in time</source>
        <translation>%1 hat nicht rechtzeitig geantwortet</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>%1 was cancelled.</source>
        <translation>%1 wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The role that is logged in may not do this on %1</source>
        <translation>Die angemeldete Rolle darf das auf %1 nicht</translation>
    </message>
    <message>
        <source>%1 accepts no writes: it is a replica or set to read only</source>
        <translation>%1 nimmt nichts entgegen: eine Replik oder nur lesbar</translation>
    </message>
    <message>
        <source>%1 answered something unexpected</source>
        <translation>%1 hat etwas Unerwartetes geantwortet</translation>
    </message>
    <message>
        <source>%1 is wrong or missing</source>
        <translation>%1 ist falsch oder fehlt</translation>
    </message>
    <message>
        <source>%1 cannot be &quot;%2&quot;</source>
        <translation>%1 kann nicht „%2“ sein</translation>
    </message>
    <message>
        <source>The file %1 does not exist</source>
        <translation>Die Datei %1 gibt es nicht</translation>
    </message>
    <message>
        <source>The file %1 cannot be read</source>
        <translation>Die Datei %1 ist nicht lesbar</translation>
    </message>
    <message>
        <source>%1 cannot be written</source>
        <translation>%1 lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>%1 is not well formed</source>
        <translation>%1 ist nicht wohlgeformt</translation>
    </message>
    <message>
        <source>%1: there is a key that nothing knows</source>
        <translation>%1: ein Schlüssel, den niemand kennt</translation>
    </message>
    <message>
        <source>%1: there is no key %2.</source>
        <translation>%1: es gibt keinen Schlüssel %2.</translation>
    </message>
    <message>
        <source>%1: there is no key %2; similar: %3.</source>
        <translation>%1: es gibt keinen Schlüssel %2; ähnlich: %3.</translation>
    </message>
    <message>
        <source>%1: a key is missing</source>
        <translation>%1: ein Schlüssel fehlt</translation>
    </message>
    <message>
        <source>%1: the key %2 is missing</source>
        <translation>%1: der Schlüssel %2 fehlt</translation>
    </message>
    <message>
        <source>%1 holds a secret (%2), which belongs elsewhere: %3.</source>
        <translation>%1 enthält ein Geheimnis (%2), das anderswohin gehört: %3.</translation>
    </message>
    <message>
        <source>%1: %2 cannot be used</source>
        <translation>%1: %2 ist nicht brauchbar</translation>
    </message>
    <message>
        <source>The disk is full at %1</source>
        <translation>Der Datenträger ist voll bei %1</translation>
    </message>
    <message>
        <source>The program %1 was not found</source>
        <translation>Das Programm %1 wurde nicht gefunden</translation>
    </message>
    <message>
        <source>The program %1 failed</source>
        <translation>Das Programm %1 ist gescheitert</translation>
    </message>
    <message>
        <source>There is no Shardhelm directory in the database %1</source>
        <translation>In der Datenbank %1 gibt es kein Shardhelm-Verzeichnis</translation>
    </message>
    <message>
        <source>There is a Shardhelm directory in the database %1 already</source>
        <translation>In der Datenbank %1 gibt es schon ein Shardhelm-Verzeichnis</translation>
    </message>
    <message>
        <source>The directory of %1 was made by an older Shardhelm</source>
        <translation>Das Verzeichnis von %1 stammt von einem älteren Shardhelm</translation>
    </message>
    <message>
        <source>The directory of %1 was made by a newer Shardhelm</source>
        <translation>Das Verzeichnis von %1 stammt von einem neueren Shardhelm</translation>
    </message>
    <message>
        <source>The directory of %1 has a shape of its own and is not changed by this command</source>
        <translation>Das Verzeichnis von %1 hat eine eigene Form und wird von diesem Befehl nicht geändert</translation>
    </message>
    <message>
        <source>The directory contradicts itself at %1</source>
        <translation>Das Verzeichnis widerspricht sich bei %1</translation>
    </message>
    <message>
        <source>The shard map changed meanwhile at %1</source>
        <translation>Die Shard-Karte hat sich inzwischen geändert bei %1</translation>
    </message>
    <message>
        <source>There is no instance %1 in the directory.</source>
        <translation>Im Verzeichnis gibt es keine Instanz %1.</translation>
    </message>
    <message>
        <source>There is no instance %1 in the directory; there are: %2.</source>
        <translation>Im Verzeichnis gibt es keine Instanz %1; es gibt: %2.</translation>
    </message>
    <message>
        <source>The instance %1 is there already</source>
        <translation>Die Instanz %1 gibt es schon</translation>
    </message>
    <message>
        <source>The instance %1 still holds logical shards</source>
        <translation>Die Instanz %1 hält noch logische Shards</translation>
    </message>
    <message>
        <source>The server behind %1 is not the one the directory knows by that name</source>
        <translation>Der Server hinter %1 ist nicht der, den das Verzeichnis unter diesem Namen kennt</translation>
    </message>
    <message>
        <source>There is no logical shard %1</source>
        <translation>Es gibt keinen logischen Shard %1</translation>
    </message>
    <message>
        <source>The logical shard %1 takes part in a move</source>
        <translation>Der logische Shard %1 nimmt an einem Umzug teil</translation>
    </message>
    <message>
        <source>There is no table %1.</source>
        <translation>Es gibt keine Tabelle %1.</translation>
    </message>
    <message>
        <source>There is no table %1 on %2.</source>
        <translation>Es gibt keine Tabelle %1 auf %2.</translation>
    </message>
    <message>
        <source>The table %1 cannot be used like this</source>
        <translation>Die Tabelle %1 ist so nicht verwendbar</translation>
    </message>
    <message>
        <source>%1 is no value of the shard key</source>
        <translation>%1 ist kein Wert des Shard-Schlüssels</translation>
    </message>
    <message>
        <source>The routing cannot be used for %1</source>
        <translation>Das Routing ist für %1 nicht verwendbar</translation>
    </message>
    <message>
        <source>The routing of %1 cannot be written as a condition on its key column</source>
        <translation>Das Routing von %1 lässt sich nicht als Bedingung auf seine Schlüsselspalte schreiben</translation>
    </message>
    <message>
        <source>There is no lookup named %1 in the cluster file.</source>
        <translation>In der Cluster-Datei gibt es keine Abfrage namens %1.</translation>
    </message>
    <message>
        <source>There is no lookup named %1 in the cluster file; there are: %2.</source>
        <translation>In der Cluster-Datei gibt es keine Abfrage namens %1; es gibt: %2.</translation>
    </message>
    <message>
        <source>%1 was refused</source>
        <translation>%1 wurde abgelehnt</translation>
    </message>
    <message>
        <source>The folder %1 was not made by the demo</source>
        <translation>Der Ordner %1 stammt nicht von der Demo</translation>
    </message>
    <message>
        <source>There is no demo cluster in %1</source>
        <translation>In %1 gibt es keinen Demo-Cluster</translation>
    </message>
    <message>
        <source>The port of %1 is in use by another program</source>
        <translation>Der Port von %1 ist von einem anderen Programm belegt</translation>
    </message>
    <message>
        <source>Please report this with the line below.</source>
        <translation>Bitte dies mit der Zeile darunter melden.</translation>
    </message>
    <message>
        <source>Write it as libpq does: &quot;host=… port=… dbname=… user=…&quot; or a postgresql:// address.</source>
        <translation>So schreiben wie libpq: „host=… port=… dbname=… user=…“ oder eine Adresse postgresql://.</translation>
    </message>
    <message>
        <source>Check the host in the connection string and the name service of this computer.</source>
        <translation>Den Rechner in der Verbindungszeichenfolge und den Namensdienst dieses Computers prüfen.</translation>
    </message>
    <message>
        <source>Check that PostgreSQL runs there and listens on this address and port.</source>
        <translation>Prüfen, ob PostgreSQL dort läuft und auf dieser Adresse und diesem Port horcht.</translation>
    </message>
    <message>
        <source>Check the host and the network between; a server that hangs looks the same.</source>
        <translation>Den Rechner und das Netz dazwischen prüfen; ein hängender Server sieht genauso aus.</translation>
    </message>
    <message>
        <source>Check whether the server was restarted; then try again.</source>
        <translation>Prüfen, ob der Server neu gestartet wurde; dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Check the connection string and that the server can be reached from this computer.</source>
        <translation>Die Verbindungszeichenfolge prüfen und ob der Server von hier aus erreichbar ist.</translation>
    </message>
    <message>
        <source>Put it into ~/.pgpass (mode 0600) or a service file, or let the window store it in the keychain.</source>
        <translation>In ~/.pgpass (Modus 0600) oder eine Dienstdatei schreiben oder vom Fenster im Schlüsselbund ablegen lassen.</translation>
    </message>
    <message>
        <source>Correct the password in ~/.pgpass, the service file or the keychain.</source>
        <translation>Das Passwort in ~/.pgpass, der Dienstdatei oder dem Schlüsselbund berichtigen.</translation>
    </message>
    <message>
        <source>Check the role and that pg_hba.conf of the server admits it from this computer.</source>
        <translation>Die Rolle prüfen und ob pg_hba.conf des Servers sie von hier aus zulässt.</translation>
    </message>
    <message>
        <source>Check sslmode, sslrootcert and the certificates of the connection string.</source>
        <translation>sslmode, sslrootcert und die Zertifikate der Verbindungszeichenfolge prüfen.</translation>
    </message>
    <message>
        <source>Check dbname in the connection string, or create the database.</source>
        <translation>dbname in der Verbindungszeichenfolge prüfen oder die Datenbank anlegen.</translation>
    </message>
    <message>
        <source>Wait a moment and try again.</source>
        <translation>Einen Moment warten und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Check which of them is the primary now.</source>
        <translation>Prüfen, welcher von ihnen jetzt der Primärserver ist.</translation>
    </message>
    <message>
        <source>Upgrade the server.</source>
        <translation>Den Server aktualisieren.</translation>
    </message>
    <message>
        <source>Check wal_level, max_wal_senders and the replication rights of the role.</source>
        <translation>wal_level, max_wal_senders und die Replikationsrechte der Rolle prüfen.</translation>
    </message>
    <message>
        <source>Check primary_conninfo of the replica, its log, and that the primary still has the WAL it needs.</source>
        <translation>primary_conninfo der Replik und ihr Protokoll prüfen und ob der Primärserver das nötige WAL noch hat.</translation>
    </message>
    <message>
        <source>After a failover, correct the connection strings with &quot;shardhelmctl instance edit&quot;.</source>
        <translation>Nach einem Ausfall die Verbindungszeichenfolgen mit „shardhelmctl instance edit“ berichtigen.</translation>
    </message>
    <message>
        <source>Try again with a longer timeout, or look for locks and load there.</source>
        <translation>Noch einmal mit längerer Frist versuchen oder dort nach Sperren und Last sehen.</translation>
    </message>
    <message>
        <source>Connect to the primary, for instance with target_session_attrs=read-write and all hosts listed.</source>
        <translation>Mit dem Primärserver verbinden, etwa mit target_session_attrs=read-write und allen Rechnern.</translation>
    </message>
    <message>
        <source>Check that the other end is PostgreSQL 15 or later and not a proxy that changes answers.</source>
        <translation>Prüfen, ob am anderen Ende PostgreSQL 15 oder neuer steht und kein Vermittler, der Antworten ändert.</translation>
    </message>
    <message>
        <source>See --help of the command.</source>
        <translation>Siehe --help des Befehls.</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>Den Pfad prüfen.</translation>
    </message>
    <message>
        <source>Check its permissions and that it is a file.</source>
        <translation>Die Rechte prüfen und ob es eine Datei ist.</translation>
    </message>
    <message>
        <source>Check the permissions of the file and its folder.</source>
        <translation>Die Rechte der Datei und ihres Ordners prüfen.</translation>
    </message>
    <message>
        <source>Correct the line; the example cluster file shows the form.</source>
        <translation>Die Zeile berichtigen; die Beispieldatei zeigt die Form.</translation>
    </message>
    <message>
        <source>Correct or remove the key.</source>
        <translation>Den Schlüssel berichtigen oder entfernen.</translation>
    </message>
    <message>
        <source>Add the key; the example cluster file explains it.</source>
        <translation>Den Schlüssel ergänzen; die Beispieldatei erklärt ihn.</translation>
    </message>
    <message>
        <source>Correct the value.</source>
        <translation>Den Wert berichtigen.</translation>
    </message>
    <message>
        <source>Make room there and try again; nothing half made was left.</source>
        <translation>Dort Platz schaffen und noch einmal versuchen; Halbfertiges ist nicht geblieben.</translation>
    </message>
    <message>
        <source>Install it; the programs of the server are in the package postgresql.</source>
        <translation>Installieren; die Programme des Servers stecken im Paket postgresql.</translation>
    </message>
    <message>
        <source>Make one with &quot;shardhelmctl directory init&quot; or &quot;directory adopt&quot;, or correct the connection string.</source>
        <translation>Mit „shardhelmctl directory init“ oder „directory adopt“ eines anlegen oder die Verbindungszeichenfolge berichtigen.</translation>
    </message>
    <message>
        <source>Use it, choose another database, or remove it with &quot;shardhelmctl directory detach&quot;.</source>
        <translation>Dieses verwenden, eine andere Datenbank wählen oder es mit „shardhelmctl directory detach“ entfernen.</translation>
    </message>
    <message>
        <source>Migrate it with &quot;shardhelmctl directory upgrade&quot;.</source>
        <translation>Mit „shardhelmctl directory upgrade“ überführen.</translation>
    </message>
    <message>
        <source>Upgrade this Shardhelm.</source>
        <translation>Dieses Shardhelm aktualisieren.</translation>
    </message>
    <message>
        <source>Make the change with the tools that own that directory.</source>
        <translation>Die Änderung mit den Werkzeugen machen, denen das Verzeichnis gehört.</translation>
    </message>
    <message>
        <source>Run &quot;shardhelmctl directory check&quot; and repair what it lists.</source>
        <translation>„shardhelmctl directory check“ ausführen und beheben, was es auflistet.</translation>
    </message>
    <message>
        <source>Read the map again and repeat the step if it still makes sense.</source>
        <translation>Die Karte neu lesen und den Schritt wiederholen, wenn er noch sinnvoll ist.</translation>
    </message>
    <message>
        <source>Check the name with &quot;shardhelmctl status&quot;.</source>
        <translation>Den Namen mit „shardhelmctl status“ prüfen.</translation>
    </message>
    <message>
        <source>Choose another name or another server.</source>
        <translation>Einen anderen Namen oder einen anderen Server wählen.</translation>
    </message>
    <message>
        <source>Drain it first.</source>
        <translation>Sie zuerst leeren.</translation>
    </message>
    <message>
        <source>Check the connection string; if the server was rebuilt on purpose, edit the instance.</source>
        <translation>Die Verbindungszeichenfolge prüfen; wurde der Server mit Absicht neu aufgesetzt, die Instanz bearbeiten.</translation>
    </message>
    <message>
        <source>See &quot;shardhelmctl map&quot;.</source>
        <translation>Siehe „shardhelmctl map“.</translation>
    </message>
    <message>
        <source>Wait for the move to end, or abort it.</source>
        <translation>Das Ende des Umzugs abwarten oder ihn abbrechen.</translation>
    </message>
    <message>
        <source>Check schema and name.</source>
        <translation>Schema und Name prüfen.</translation>
    </message>
    <message>
        <source>Change the table, or register it as another kind.</source>
        <translation>Die Tabelle ändern oder als andere Art eintragen.</translation>
    </message>
    <message>
        <source>Write the key as PostgreSQL prints it.</source>
        <translation>Den Schlüssel so schreiben, wie PostgreSQL ihn ausgibt.</translation>
    </message>
    <message>
        <source>Correct the routing expression: one placeholder $1, a whole number from 0 to the number of logical shards minus 1 as the result.</source>
        <translation>Den Routing-Ausdruck berichtigen: ein Platzhalter $1, als Ergebnis eine ganze Zahl von 0 bis zur Zahl der logischen Shards minus 1.</translation>
    </message>
    <message>
        <source>Use a routing of built-in immutable functions, or the schema layout.</source>
        <translation>Ein Routing aus eingebauten unveränderlichen Funktionen verwenden oder das Layout mit Schemas.</translation>
    </message>
    <message>
        <source>Name one of [locate] of the cluster file.</source>
        <translation>Eine aus [locate] der Cluster-Datei nennen.</translation>
    </message>
    <message>
        <source>Choose another folder with --dir; this one was left as it is.</source>
        <translation>Mit --dir einen anderen Ordner wählen; dieser blieb, wie er ist.</translation>
    </message>
    <message>
        <source>Start one with &quot;shardhelmctl demo up&quot;.</source>
        <translation>Mit „shardhelmctl demo up“ einen starten.</translation>
    </message>
    <message>
        <source>Start it with &quot;shardhelmctl demo up&quot;.</source>
        <translation>Mit „shardhelmctl demo up“ starten.</translation>
    </message>
    <message>
        <source>Stop that program, or choose another port.</source>
        <translation>Jenes Programm beenden oder einen anderen Port wählen.</translation>
    </message>
    <message>
        <source>Use the file that &quot;shardhelmctl demo load&quot; wrote, unchanged.</source>
        <translation>Die Datei verwenden, die „shardhelmctl demo load“ schrieb, unverändert.</translation>
    </message>
    <message>
        <source>SQLSTATE %1</source>
        <translation>SQLSTATE %1</translation>
    </message>
    <message>
        <source>The folder %1 belongs to %2, not to %3.</source>
        <translation>Der Ordner %1 gehört %2, nicht %3.</translation>
    </message>
    <message>
        <source>The user who runs the servers cannot enter the folder %1.</source>
        <translation>Der Benutzer, unter dem die Server laufen, kann den Ordner %1 nicht betreten.</translation>
    </message>
    <message>
        <source>The user %1, who runs the servers, cannot enter the folder %2.</source>
        <translation>Der Benutzer %1, unter dem die Server laufen, kann den Ordner %2 nicht betreten.</translation>
    </message>
    <message>
        <source>The demo cluster in %1 was made with other options.</source>
        <translation>Der Demo-Cluster in %1 wurde mit anderen Optionen angelegt.</translation>
    </message>
    <message>
        <source>The demo cluster in %1 was made with %2, not with %3.</source>
        <translation>Der Demo-Cluster in %1 wurde mit %2 angelegt, nicht mit %3.</translation>
    </message>
    <message>
        <source>The demo cluster in %1 does not run.</source>
        <translation>Der Demo-Cluster in %1 läuft nicht.</translation>
    </message>
    <message>
        <source>%1 of the demo cluster in %2 does not run.</source>
        <translation>%1 des Demo-Clusters in %2 läuft nicht.</translation>
    </message>
    <message>
        <source>The ledger %1 cannot be used.</source>
        <translation>Das Hauptbuch %1 ist nicht verwendbar.</translation>
    </message>
    <message>
        <source>The ledger %1 is damaged, or is none, from its byte %2.</source>
        <translation>Das Hauptbuch %1 ist ab Byte %2 beschädigt oder keines.</translation>
    </message>
    <message>
        <source>A load is writing the ledger %1 at this moment.</source>
        <translation>Eine Last schreibt gerade in das Hauptbuch %1.</translation>
    </message>
    <message>
        <source>The cluster of %1 is a production cluster.</source>
        <translation>Der Cluster von %1 ist ein Produktions-Cluster.</translation>
    </message>
    <message>
        <source>Choose a folder that everybody may pass through, or run this as an ordinary user.</source>
        <translation>Einen Ordner wählen, durch den alle gehen dürfen, oder dies als gewöhnlicher Benutzer ausführen.</translation>
    </message>
    <message>
        <source>Leave these options out to use it as it is, choose another folder with --dir, or remove it first with &quot;shardhelmctl demo down --purge&quot;.</source>
        <translation>Diese Optionen weglassen, um ihn zu verwenden, wie er ist, mit --dir einen anderen Ordner wählen oder ihn zuerst mit „shardhelmctl demo down --purge“ entfernen.</translation>
    </message>
    <message>
        <source>End the load with Ctrl+C first, or use another file.</source>
        <translation>Die Last zuerst mit Strg+C beenden oder eine andere Datei verwenden.</translation>
    </message>
    <message>
        <source>The demo&apos;s load writes; use it on a demo, development or staging cluster.</source>
        <translation>Die Last der Demo schreibt; nur auf einem Demo-, Entwicklungs- oder Staging-Cluster verwenden.</translation>
    </message>
    <message>
        <source>The server behind %1 bears the mark of another directory</source>
        <translation>Der Server hinter %1 trägt die Markierung eines anderen Verzeichnisses</translation>
    </message>
    <message>
        <source>The server behind %1 is the same as that of %2.</source>
        <translation>Der Server hinter %1 ist derselbe wie der von %2.</translation>
    </message>
    <message>
        <source>A connection string of %1 leads to another server than its main one: %2.</source>
        <translation>Eine Verbindungszeichenfolge von %1 führt zu einem anderen Server als die Hauptverbindung: %2.</translation>
    </message>
    <message>
        <source>Logical shard %1, where %2 belongs, is not placed on any instance.</source>
        <translation>Der logische Shard %1, zu dem %2 gehört, liegt auf keiner Instanz.</translation>
    </message>
    <message>
        <source>Use a document that &quot;shardhelmctl directory dump&quot; wrote, unchanged.</source>
        <translation>Ein Dokument verwenden, das „shardhelmctl directory dump“ geschrieben hat, unverändert.</translation>
    </message>
    <message>
        <source>A name has up to 63 printable characters, no blanks and none of : = / @ , &quot; &apos;; the name &quot;directory&quot; is taken.</source>
        <translation>Ein Name hat bis zu 63 druckbare Zeichen, keine Leerzeichen und keines von : = / @ , &quot; &apos;; der Name „directory“ ist vergeben.</translation>
    </message>
    <message>
        <source>If that directory is gone, take the instance with &quot;shardhelmctl directory init --keep-marks&quot;; else choose another server.</source>
        <translation>Wenn es dieses Verzeichnis nicht mehr gibt, die Instanz mit „shardhelmctl directory init --keep-marks“ übernehmen; sonst einen anderen Server wählen.</translation>
    </message>
    <message>
        <source>Such shards held nothing when the directory was adopted; &quot;shardhelmctl map&quot; lists them, &quot;directory adopt --place-empty&quot; places them.</source>
        <translation>Solche Shards waren leer, als das Verzeichnis übernommen wurde; „shardhelmctl map“ listet sie auf, „directory adopt --place-empty“ platziert sie.</translation>
    </message>
    <message>
        <source>%1 wants a password and none was found.</source>
        <translation>%1 verlangt ein Passwort, und keines wurde gefunden.</translation>
    </message>
    <message>
        <source>%1 wants a password of the role %2 and none was found.</source>
        <translation>%1 verlangt ein Passwort der Rolle %2, und keines wurde gefunden.</translation>
    </message>
    <message>
        <source>%1 rejected the password.</source>
        <translation>%1 hat das Passwort abgelehnt.</translation>
    </message>
    <message>
        <source>%1 rejected the password of the role %2.</source>
        <translation>%1 hat das Passwort der Rolle %2 abgelehnt.</translation>
    </message>
    <message>
        <source>%1 is a folder or a device, not a file.</source>
        <translation>%1 ist ein Ordner oder ein Gerät, keine Datei.</translation>
    </message>
    <message>
        <source>The file %1 is too large: %2, at most %3 can be.</source>
        <translation>Die Datei %1 ist zu groß: %2, höchstens %3 sind möglich.</translation>
    </message>
    <message>
        <source>Grant the right: SELECT on the tables of schema shardhelm and USAGE on it for reading the directory, pg_monitor for monitoring, the owner&apos;s rights for changes.</source>
        <translation>Das Recht erteilen: SELECT auf die Tabellen des Schemas shardhelm und USAGE darauf, um das Verzeichnis zu lesen, pg_monitor zum Beobachten, die Rechte des Eigentümers für Änderungen.</translation>
    </message>
    <message>
        <source>The ledger %1 belongs to another cluster, to which %2 led before.</source>
        <translation>Das Hauptbuch %1 gehört zu einem anderen Cluster, zu dem %2 vorher führte.</translation>
    </message>
    <message>
        <source>The ledger %1 belongs to another cluster, that of %2, not to that of %3.</source>
        <translation>Das Hauptbuch %1 gehört zu einem anderen Cluster, dem von %2, nicht zu dem von %3.</translation>
    </message>
    <message>
        <source>Make room there and try again.</source>
        <translation>Dort Platz schaffen und es noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Name the cluster that the ledger was made on, or another ledger.</source>
        <translation>Den Cluster angeben, auf dem das Hauptbuch entstand, oder ein anderes Hauptbuch.</translation>
    </message>
    <message>
        <source>The window and &quot;shardhelmctl watch&quot; hold connections of their own and still get in, as does a role with reserved connections. Close sessions there, or raise max_connections.</source>
        <translation>Das Fenster und „shardhelmctl watch“ halten eigene Verbindungen und kommen weiter hinein, ebenso eine Rolle mit reservierten Verbindungen. Schließen Sie dort Sitzungen oder erhöhen Sie max_connections.</translation>
    </message>
    <message>
        <source>%1 is no whole dump of a directory; this does not fit</source>
        <translation>%1 ist kein vollständiger Abzug eines Verzeichnisses; dies passt nicht</translation>
    </message>
    <message>
        <source>The file %1 is there already.</source>
        <translation>Die Datei %1 gibt es schon.</translation>
    </message>
    <message>
        <source>%1 is not a recording of Shardhelm.</source>
        <translation>%1 ist keine Aufzeichnung von Shardhelm.</translation>
    </message>
    <message>
        <source>The recording %1 is damaged</source>
        <translation>Die Aufzeichnung %1 ist beschädigt</translation>
    </message>
    <message>
        <source>Another program is writing to the recording %1.</source>
        <translation>Ein anderes Programm schreibt gerade in die Aufzeichnung %1.</translation>
    </message>
    <message>
        <source>The recording %1 is empty.</source>
        <translation>Die Aufzeichnung %1 ist leer.</translation>
    </message>
    <message>
        <source>The recording %1 has nothing of %2; it reaches from %3.</source>
        <translation>Die Aufzeichnung %1 enthält nichts von %2; sie reicht von %3.</translation>
    </message>
    <message>
        <source>Choose another name, or remove the file first.</source>
        <translation>Wählen Sie einen anderen Namen, oder entfernen Sie die Datei zuerst.</translation>
    </message>
    <message>
        <source>Install the package libqt6sql6-sqlite.</source>
        <translation>Installieren Sie das Paket libqt6sql6-sqlite.</translation>
    </message>
    <message>
        <source>Choose a file that &quot;shardhelmctl record&quot; wrote.</source>
        <translation>Wählen Sie eine Datei, die „shardhelmctl record“ geschrieben hat.</translation>
    </message>
    <message>
        <source>Open it with the version of Shardhelm that wrote it.</source>
        <translation>Öffnen Sie sie mit der Version von Shardhelm, die sie geschrieben hat.</translation>
    </message>
    <message>
        <source>Use another copy of the file; what is missing in this one cannot be made up.</source>
        <translation>Verwenden Sie eine andere Kopie der Datei; was in dieser fehlt, lässt sich nicht ersetzen.</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>Choose a span that was recorded.</source>
        <translation>Wählen Sie einen Zeitraum, der aufgezeichnet wurde.</translation>
    </message>
    <message>
        <source>Go back to the live cluster first.</source>
        <translation>Gehen Sie zuerst zum laufenden Cluster zurück.</translation>
    </message>
    <message>
        <source>Nothing can be recorded in %1: Qt&apos;s driver for SQLite is not installed.</source>
        <translation>In %1 kann nichts aufgezeichnet werden: Qts Treiber für SQLite ist nicht installiert.</translation>
    </message>
    <message>
        <source>The recording %1 has another version of the format</source>
        <translation>Die Aufzeichnung %1 hat eine andere Version des Formats</translation>
    </message>
    <message>
        <source>%1 is part of a recording, and can be neither asked nor changed.</source>
        <translation>%1 ist Teil einer Aufzeichnung und kann weder gefragt noch geändert werden.</translation>
    </message>
</context>
<context>
    <name>FilterExpression</name>
    <message>
        <source>“%1” is no figure of the table. There are: %2.</source>
        <translation>„%1“ ist keine Größe der Tabelle. Es gibt: %2.</translation>
    </message>
    <message>
        <source>“%1” is no value that %2 can have.</source>
        <translation>„%1“ ist kein Wert, den %2 haben kann.</translation>
    </message>
    <message>
        <source>A comparison reads “p99 &gt; 100 ms”: a figure, a sign, a value.</source>
        <translation>Ein Vergleich lautet „p99 &gt; 100 ms“: Größe, Zeichen, Wert.</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>%1 of logical shard %2 and %3 more</source>
        <translation>%1 von logischem Shard %2 und %3 weitere</translation>
    </message>
    <message>
        <source>%1 of logical shard %2</source>
        <translation>%1 von logischem Shard %2</translation>
    </message>
    <message>
        <source>it lacks %1</source>
        <translation>es fehlt %1</translation>
    </message>
    <message>
        <source>it has besides %1</source>
        <translation>es hat außerdem %1</translation>
    </message>
    <message>
        <source>%1 was not checked whole: %2</source>
        <translation>%1 wurde nicht ganz geprüft: %2</translation>
    </message>
    <message>
        <source>%1 on %2 was not checked: %3</source>
        <translation>%1 auf %2 wurde nicht geprüft: %3</translation>
    </message>
    <message>
        <source>The connection to %1 ends at a replica.</source>
        <translation>Die Verbindung zu %1 endet bei einer Replik.</translation>
    </message>
    <message>
        <source>The connection to %1 goes through a transaction pooler: what a session sets is lost.</source>
        <translation>Die Verbindung zu %1 geht durch einen Transaktions-Pooler: was eine Sitzung einstellt, geht verloren.</translation>
    </message>
    <message>
        <source>The connection to %1 goes through a session pooler.</source>
        <translation>Die Verbindung zu %1 geht durch einen Sitzungs-Pooler.</translation>
    </message>
    <message>
        <source>The server behind %1 is not the one the directory knows by that name: %2, known as %3.</source>
        <translation>Der Server hinter %1 ist nicht der, den das Verzeichnis unter diesem Namen kennt: %2, bekannt als %3.</translation>
    </message>
    <message>
        <source>%1 is the same database as %2.</source>
        <translation>%1 ist dieselbe Datenbank wie %2.</translation>
    </message>
    <message>
        <source>The map has no place for logical shard %1.</source>
        <translation>Die Karte hat keinen Ort für den logischen Shard %1.</translation>
    </message>
    <message>
        <source>Logical shard %1 should be on %2, which has no schema for it.</source>
        <translation>Der logische Shard %1 sollte auf %2 sein, das kein Schema dafür hat.</translation>
    </message>
    <message>
        <source>Logical shard %1 is on %2 as well as on its owner %3.</source>
        <translation>Der logische Shard %1 ist auf %2 und zugleich auf seinem Besitzer %3.</translation>
    </message>
    <message>
        <source>%1 has no table %2.</source>
        <translation>%1 hat keine Tabelle %2.</translation>
    </message>
    <message>
        <source>%1 on %2 is not like the others (%3)%4.</source>
        <translation>%1 auf %2 ist nicht wie die anderen (%3)%4.</translation>
    </message>
    <message>
        <source>%1 on %2 has no column %3, its shard key.</source>
        <translation>%1 auf %2 hat keine Spalte %3, seinen Shard-Schlüssel.</translation>
    </message>
    <message>
        <source>The primary key of %1 on %2 does not hold its shard key %3.</source>
        <translation>Der Primärschlüssel von %1 auf %2 enthält den Shard-Schlüssel %3 nicht.</translation>
    </message>
    <message>
        <source>The reference table %1 on %2 (rows: %3) does not hold the same as on %4 (rows: %5).</source>
        <translation>Die Referenztabelle %1 auf %2 (Zeilen: %3) enthält nicht dasselbe wie auf %4 (Zeilen: %5).</translation>
    </message>
    <message>
        <source>%1 rows of %2 on %3 belong elsewhere, among them keys %4.</source>
        <translation>%1 Zeilen von %2 auf %3 gehören anderswohin, darunter die Schlüssel %4.</translation>
    </message>
    <message>
        <source>Rows were not looked for in wrong places: the routing gives no condition on the key%1.</source>
        <translation>Nach Zeilen am falschen Ort wurde nicht gesucht: das Routing ergibt keine Bedingung auf den Schlüssel%1.</translation>
    </message>
    <message>
        <source>Logical shards cannot move: the routing gives no condition on the key%1.</source>
        <translation>Logische Shards können nicht umziehen: das Routing ergibt keine Bedingung auf den Schlüssel%1.</translation>
    </message>
    <message>
        <source>%1 logical shards on %2 instances are fewer than %3 each.</source>
        <translation>%1 logische Shards auf %2 Instanzen sind weniger als je %3.</translation>
    </message>
    <message>
        <source>A logical shard has %1 virtual nodes on the ring, fewer than %2.</source>
        <translation>Ein logischer Shard hat %1 virtuelle Knoten auf dem Ring, weniger als %2.</translation>
    </message>
    <message>
        <source>%1 holds %2 schemas, more than %3.</source>
        <translation>%1 hält %2 Schemas, mehr als %3.</translation>
    </message>
    <message>
        <source>The last range, logical shard %1 on %2, is near its end: the greatest key is %3 of %4.</source>
        <translation>Der letzte Bereich, logischer Shard %1 auf %2, ist fast am Ende: der größte Schlüssel ist %3 von %4.</translation>
    </message>
    <message>
        <source>The routing takes abs() of a hash, which fails for the smallest number: %1.</source>
        <translation>Das Routing nimmt abs() eines Hashwerts, was bei der kleinsten Zahl scheitert: %1.</translation>
    </message>
    <message>
        <source>Add target_session_attrs=read-write, or name the primary.</source>
        <translation>target_session_attrs=read-write ergänzen oder den Primärserver nennen.</translation>
    </message>
    <message>
        <source>Give the instance a direct connection string.</source>
        <translation>Der Instanz eine direkte Verbindungszeichenfolge geben.</translation>
    </message>
    <message>
        <source>Correct the connection string; if the server was rebuilt on purpose, edit the instance.</source>
        <translation>Die Verbindungszeichenfolge berichtigen; wurde der Server mit Absicht neu aufgesetzt, die Instanz bearbeiten.</translation>
    </message>
    <message>
        <source>Correct one of the two connection strings.</source>
        <translation>Eine der beiden Verbindungszeichenfolgen berichtigen.</translation>
    </message>
    <message>
        <source>Find out where its data is before anything writes to it.</source>
        <translation>Herausfinden, wo seine Daten sind, bevor jemand hineinschreibt.</translation>
    </message>
    <message>
        <source>Compare the two, then drop the copy that is not the owner&apos;s.</source>
        <translation>Die beiden vergleichen, dann die Kopie entfernen, die nicht beim Besitzer liegt.</translation>
    </message>
    <message>
        <source>Run the same migrations everywhere.</source>
        <translation>Überall dieselben Migrationen ausführen.</translation>
    </message>
    <message>
        <source>Add the shard key to the primary key: moves find rows by it.</source>
        <translation>Den Shard-Schlüssel in den Primärschlüssel aufnehmen: Umzüge finden Zeilen über ihn.</translation>
    </message>
    <message>
        <source>Copy the table anew from the instance that is right.</source>
        <translation>Die Tabelle von der richtigen Instanz neu kopieren.</translation>
    </message>
    <message>
        <source>Move the rows to where their keys route, or pin the tenants.</source>
        <translation>Die Zeilen dorthin bringen, wohin ihre Schlüssel führen, oder die Mandanten anheften.</translation>
    </message>
    <message>
        <source>Use a routing of built-in immutable functions, or the schema layout.</source>
        <translation>Ein Routing aus eingebauten unveränderlichen Funktionen verwenden oder das Layout mit Schemas.</translation>
    </message>
    <message>
        <source>Too few to spread load evenly; plan for more before the data grows.</source>
        <translation>Zu wenige, um die Last gleichmäßig zu verteilen; mehr einplanen, bevor die Daten wachsen.</translation>
    </message>
    <message>
        <source>The shards will be of very different sizes.</source>
        <translation>Die Shards werden sehr verschieden groß.</translation>
    </message>
    <message>
        <source>Catalogs and backups slow down; spread the shards over more instances.</source>
        <translation>Kataloge und Sicherungen werden langsam; die Shards auf mehr Instanzen verteilen.</translation>
    </message>
    <message>
        <source>Add the next range in time.</source>
        <translation>Den nächsten Bereich rechtzeitig anlegen.</translation>
    </message>
    <message>
        <source>Mask the hash with &amp; instead; keys move when the expression changes.</source>
        <translation>Den Hashwert stattdessen mit &amp; maskieren; Schlüssel ziehen um, wenn der Ausdruck sich ändert.</translation>
    </message>
    <message>
        <source>%1 on %2 and others there, %3 tables in all, were not checked: %4</source>
        <translation>%1 auf %2 und weitere dort, zusammen %3 Tabellen, wurden nicht geprüft: %4</translation>
    </message>
    <message>
        <source>If it held nothing when the directory was adopted, detach the directory and adopt again with --place-empty; else find out where its data is first.</source>
        <translation>Wenn er bei der Übernahme nichts enthielt, das Verzeichnis lösen und mit --place-empty erneut übernehmen; sonst zuerst herausfinden, wo seine Daten sind.</translation>
    </message>
</context>
<context>
    <name>Incident</name>
    <message>
        <source>healthy again</source>
        <translation>wieder gesund</translation>
    </message>
    <message>
        <source>degraded</source>
        <translation>beeinträchtigt</translation>
    </message>
    <message>
        <source>down: %1</source>
        <translation>ausgefallen: %1</translation>
    </message>
    <message>
        <source>down</source>
        <translation>ausgefallen</translation>
    </message>
    <message>
        <source>does not answer in time; its values are old</source>
        <translation>antwortet nicht rechtzeitig; seine Werte sind alt</translation>
    </message>
    <message>
        <source>default</source>
        <translation>Standard</translation>
    </message>
</context>
<context>
    <name>IncidentReport</name>
    <message>
        <source>Who stood out</source>
        <translation>Wer aus der Reihe fiel</translation>
    </message>
    <message>
        <source>No server stood out in this span.</source>
        <translation>In diesem Zeitraum fiel kein Server aus der Reihe.</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Stood out</source>
        <translation>Auffällig</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Ausgefallen</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>the end</source>
        <translation>zum Ende</translation>
    </message>
    <message>
        <source>What happened when</source>
        <translation>Was wann geschah</translation>
    </message>
    <message>
        <source>No state changed, no alert was raised, no marker was set.</source>
        <translation>Kein Zustand änderte sich, keine Warnung wurde ausgelöst, keine Marke gesetzt.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>marker</source>
        <translation>Marke</translation>
    </message>
    <message>
        <source>Later events are left out: %1.</source>
        <translation>Spätere Ereignisse sind weggelassen: %1.</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>No figures were recorded.</source>
        <translation>Es wurden keine Werte aufgezeichnet.</translation>
    </message>
    <message>
        <source>Every line is a server; the one that stood out most is in front. Vertical lines are markers. Samples older than a quarter of an hour when the recording was made are points of 30 s, each the worst of its samples.</source>
        <translation>Jede Linie ist ein Server; der auffälligste steht vorn. Senkrechte Linien sind Marken. Messungen, die bei der Aufzeichnung älter als eine Viertelstunde waren, sind Punkte von 30 s, jeder der schlechteste seiner Messungen.</translation>
    </message>
    <message>
        <source>prepared transaction %1</source>
        <translation>vorbereitete Transaktion %1</translation>
    </message>
    <message>
        <source>pid %1</source>
        <translation>PID %1</translation>
    </message>
    <message>
        <source>1 waits behind it</source>
        <translation>1 wartet dahinter</translation>
    </message>
    <message>
        <source>%1 wait behind it</source>
        <translation>%1 warten dahinter</translation>
    </message>
    <message>
        <source>holds %1%2</source>
        <translation>hält %1%2</translation>
    </message>
    <message>
        <source> on %1</source>
        <translation> auf %1</translation>
    </message>
    <message>
        <source>Sessions and locks</source>
        <translation>Sitzungen und Sperren</translation>
    </message>
    <message>
        <source>No sessions were recorded: they are while something is wrong with a server that answers.</source>
        <translation>Es wurden keine Sitzungen aufgezeichnet: Das geschieht, solange mit einem antwortenden Server etwas nicht stimmt.</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 um %2</translation>
    </message>
    <message>
        <source>Pid</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>Waits for</source>
        <translation>Wartet auf</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>Blockiert</translation>
    </message>
    <message>
        <source>Transaction</source>
        <translation>Transaktion</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>Anweisung</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Anwendung</translation>
    </message>
    <message>
        <source>Statement, literals left out</source>
        <translation>Anweisung ohne Literale</translation>
    </message>
    <message>
        <source>Statements that took the most time</source>
        <translation>Anweisungen, die am meisten Zeit brauchten</translation>
    </message>
    <message>
        <source>No statements were recorded: they are read every minute while something is wrong with a server, where pg_stat_statements is installed; two readings make a difference.</source>
        <translation>Es wurden keine Anweisungen aufgezeichnet: Sie werden jede Minute gelesen, solange mit einem Server etwas nicht stimmt und pg_stat_statements dort installiert ist; zwei Lesungen ergeben einen Unterschied.</translation>
    </message>
    <message>
        <source>%1, %2 to %3</source>
        <translation>%1, %2 bis %3</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Gesamt</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Longest ever</source>
        <translation>Längster je</translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation>Abweichende Einstellungen</translation>
    </message>
    <message>
        <source>The settings of fewer than two servers were recorded.</source>
        <translation>Es wurden die Einstellungen von weniger als zwei Servern aufgezeichnet.</translation>
    </message>
    <message>
        <source>Those that stood out are set up as the others are (%1 servers compared).</source>
        <translation>Die Auffälligen sind eingerichtet wie die anderen (%1 Server verglichen).</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Hier</translation>
    </message>
    <message>
        <source>Most others</source>
        <translation>Die meisten anderen</translation>
    </message>
    <message>
        <source>no common value</source>
        <translation>kein gemeinsamer Wert</translation>
    </message>
    <message>
        <source>Servers at the end</source>
        <translation>Die Server am Ende</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>Zone</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Gestartet</translation>
    </message>
    <message>
        <source>not permitted</source>
        <translation>nicht erlaubt</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>Versions differ (number of servers): %1.</source>
        <translation>Die Versionen unterscheiden sich (Zahl der Server): %1.</translation>
    </message>
    <message>
        <source>None of %1 servers stood out.</source>
        <translation>Keiner von %1 Servern fiel aus der Reihe.</translation>
    </message>
    <message>
        <source>%1 was down for %2.</source>
        <translation>%1 war %2 lang ausgefallen.</translation>
    </message>
    <message>
        <source>%1 stood out for %2: %3.</source>
        <translation>%1 fiel %2 lang aus der Reihe: %3.</translation>
    </message>
    <message>
        <source>%1 of %2 servers stood out.</source>
        <translation>%1 von %2 Servern fielen aus der Reihe.</translation>
    </message>
    <message>
        <source>Incident report: %1</source>
        <translation>Vorfallbericht: %1</translation>
    </message>
    <message>
        <source>%1 to %2 · environment %3 · made %4 by Shardhelm %5</source>
        <translation>%1 bis %2 · Umgebung %3 · erstellt %4 von Shardhelm %5</translation>
    </message>
    <message>
        <source>Times are in %1. Passwords and the literals of statements are left out.</source>
        <translation>Zeiten in %1. Kennwörter und die Literale von Anweisungen sind weggelassen.</translation>
    </message>
</context>
<context>
    <name>Metric</name>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>Transactions</source>
        <translation>Transaktionen</translation>
    </message>
    <message>
        <source>Rows written</source>
        <translation>Geschriebene Zeilen</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Active connections</source>
        <translation>Aktive Verbindungen</translation>
    </message>
    <message>
        <source>Blocked sessions</source>
        <translation>Blockierte Sitzungen</translation>
    </message>
    <message>
        <source>Longest transaction</source>
        <translation>Längste Transaktion</translation>
    </message>
    <message>
        <source>Replica lag</source>
        <translation>Replik-Rückstand</translation>
    </message>
    <message>
        <source>Replica lag in bytes</source>
        <translation>Replik-Rückstand in Bytes</translation>
    </message>
    <message>
        <source>Cache hit</source>
        <translation>Cache-Treffer</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Umlaufzeit</translation>
    </message>
    <message>
        <source>%1 window</source>
        <translation>Fenster %1</translation>
    </message>
    <message>
        <source>from pg_stat_statements</source>
        <translation>aus pg_stat_statements</translation>
    </message>
    <message>
        <source>estimate</source>
        <translation>Schätzung</translation>
    </message>
    <message>
        <source>from the server log</source>
        <translation>aus dem Serverprotokoll</translation>
    </message>
    <message>
        <source>from a histogram</source>
        <translation>aus einem Histogramm</translation>
    </message>
    <message>
        <source>measured by this console</source>
        <translation>von dieser Konsole gemessen</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>Mean latency</source>
        <translation>Mittlere Latenz</translation>
    </message>
    <message>
        <source>Probe p50</source>
        <translation>Sonde p50</translation>
    </message>
    <message>
        <source>Probe p95</source>
        <translation>Sonde p95</translation>
    </message>
    <message>
        <source>Probe p99</source>
        <translation>Sonde p99</translation>
    </message>
    <message>
        <source>Statements</source>
        <translation>Anweisungen</translation>
    </message>
    <message>
        <source>Rows read</source>
        <translation>Gelesene Zeilen</translation>
    </message>
    <message>
        <source>WAL written</source>
        <translation>Geschriebenes WAL</translation>
    </message>
    <message>
        <source>Blocks read</source>
        <translation>Gelesene Blöcke</translation>
    </message>
    <message>
        <source>Temporary files</source>
        <translation>Temporäre Dateien</translation>
    </message>
    <message>
        <source>Rollbacks</source>
        <translation>Rollbacks</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Deadlocks</source>
        <translation>Deadlocks</translation>
    </message>
    <message>
        <source>Sessions lost</source>
        <translation>Verlorene Sitzungen</translation>
    </message>
    <message>
        <source>Recovery conflicts</source>
        <translation>Recovery-Konflikte</translation>
    </message>
    <message>
        <source>Connections of limit</source>
        <translation>Verbindungen vom Limit</translation>
    </message>
    <message>
        <source>Connections full in</source>
        <translation>Verbindungen voll in</translation>
    </message>
    <message>
        <source>Idle connections</source>
        <translation>Untätige Verbindungen</translation>
    </message>
    <message>
        <source>Idle in transaction</source>
        <translation>Untätig in Transaktion</translation>
    </message>
    <message>
        <source>Idle in failed transaction</source>
        <translation>Untätig in gescheiterter Transaktion</translation>
    </message>
    <message>
        <source>Waiting sessions</source>
        <translation>Wartende Sitzungen</translation>
    </message>
    <message>
        <source>Longest wait for a lock</source>
        <translation>Längstes Warten auf eine Sperre</translation>
    </message>
    <message>
        <source>Longest statement</source>
        <translation>Längste Anweisung</translation>
    </message>
    <message>
        <source>Longest idle in transaction</source>
        <translation>Am längsten untätig in Transaktion</translation>
    </message>
    <message>
        <source>Autovacuum workers</source>
        <translation>Autovacuum-Prozesse</translation>
    </message>
    <message>
        <source>Last applied transaction</source>
        <translation>Zuletzt angewandte Transaktion</translation>
    </message>
    <message>
        <source>Replicas</source>
        <translation>Replikate</translation>
    </message>
    <message>
        <source>Inactive slots</source>
        <translation>Inaktive Slots</translation>
    </message>
    <message>
        <source>WAL kept for slots</source>
        <translation>Für Slots behaltenes WAL</translation>
    </message>
    <message>
        <source>WAL on disk</source>
        <translation>WAL auf der Platte</translation>
    </message>
    <message>
        <source>Last archived</source>
        <translation>Zuletzt archiviert</translation>
    </message>
    <message>
        <source>WAL not archived</source>
        <translation>Nicht archiviertes WAL</translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation>Checkpoints</translation>
    </message>
    <message>
        <source>Requested checkpoints</source>
        <translation>Angeforderte Checkpoints</translation>
    </message>
    <message>
        <source>Transaction ID age</source>
        <translation>Alter der Transaktions-IDs</translation>
    </message>
    <message>
        <source>Multixact age</source>
        <translation>Alter der Multixacts</translation>
    </message>
    <message>
        <source>Prepared transactions</source>
        <translation>Vorbereitete Transaktionen</translation>
    </message>
    <message>
        <source>Oldest prepared</source>
        <translation>Älteste vorbereitete</translation>
    </message>
    <message>
        <source>Growth</source>
        <translation>Wachstum</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Disk busy</source>
        <translation>Platte ausgelastet</translation>
    </message>
    <message>
        <source>Load average</source>
        <translation>Lastdurchschnitt</translation>
    </message>
    <message>
        <source>Memory available</source>
        <translation>Freier Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Disk free</source>
        <translation>Platte frei</translation>
    </message>
    <message>
        <source>Disk used</source>
        <translation>Platte belegt</translation>
    </message>
    <message>
        <source>Disk full in</source>
        <translation>Platte voll in</translation>
    </message>
    <message>
        <source>Clock skew</source>
        <translation>Uhrabweichung</translation>
    </message>
    <message>
        <source>Uptime</source>
        <translation>Laufzeit</translation>
    </message>
    <message>
        <source>%1/h</source>
        <translation>%1/h</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>One cluster file can be open at a time; %1 is a second one.</source>
        <translation>Es kann nur eine Cluster-Datei offen sein; %1 ist eine zweite.</translation>
    </message>
    <message>
        <source>There is no option %1. See shardhelm --help.</source>
        <translation>Es gibt keine Option %1. Siehe shardhelm --help.</translation>
    </message>
    <message>
        <source>%1 needs a value.</source>
        <translation>%1 braucht einen Wert.</translation>
    </message>
    <message>
        <source>There is no page %1; there are: %2.</source>
        <translation>Es gibt keine Seite %1; es gibt: %2.</translation>
    </message>
    <message>
        <source>There is no theme %1; there are: %2.</source>
        <translation>Es gibt kein Thema %1; es gibt: %2.</translation>
    </message>
    <message>
        <source>%1 needs a number of seconds from 0 to %2, not %3.</source>
        <translation>%1 braucht eine Anzahl Sekunden von 0 bis %2, nicht %3.</translation>
    </message>
    <message>
        <source>Usage: shardhelm [OPTION]... [FILE]
Opens the window on the cluster of a cluster file, by default the one that was open last.

  --cluster FILE        the cluster file
  --replay FILE         show a recording instead, as if it were live
  --page NAME           %1
  --theme NAME          %2
  --screenshots FOLDER  write a picture of every page there once data has come, print the paths, end
  --screenshots-after SECONDS
                        take them after so many seconds of samples, by default 15
  --version             print the version
  --help                print this

Without a display set QT_QPA_PLATFORM=offscreen for --screenshots.
</source>
        <translation>Aufruf: shardhelm [OPTION]... [DATEI]
Öffnet das Fenster auf den Cluster einer Cluster-Datei, ohne Angabe auf den zuletzt offenen.

  --cluster DATEI       die Cluster-Datei
  --replay DATEI        statt dessen eine Aufzeichnung zeigen, als wäre sie live
  --page NAME           %1
  --theme NAME          %2
  --screenshots ORDNER  ein Bild jeder Seite dorthin schreiben, sobald Daten da sind, die Pfade ausgeben, enden
  --screenshots-after SEKUNDEN
                        die Bilder nach so vielen Sekunden Messung machen, sonst nach 15
  --version             die Version ausgeben
  --help                dies ausgeben

Ohne Bildschirm für --screenshots QT_QPA_PLATFORM=offscreen setzen.
</translation>
    </message>
</context>
<context>
    <name>PsqlTerminal</name>
    <message>
        <source>psql is not installed</source>
        <translation>psql ist nicht installiert</translation>
    </message>
    <message>
        <source>no terminal was found; $TERMINAL names one</source>
        <translation>kein Terminal gefunden; $TERMINAL nennt eines</translation>
    </message>
    <message>
        <source>there is no display for a terminal</source>
        <translation>es gibt keine Anzeige für ein Terminal</translation>
    </message>
</context>
<context>
    <name>Ranking</name>
    <message>
        <source>down</source>
        <translation>ausgefallen</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>antwortet nicht</translation>
    </message>
    <message>
        <source>the last values are of %1</source>
        <translation>die letzten Werte sind von %1</translation>
    </message>
    <message>
        <source>no values yet</source>
        <translation>noch keine Werte</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>veraltet</translation>
    </message>
    <message>
        <source>degraded</source>
        <translation>beeinträchtigt</translation>
    </message>
    <message>
        <source>All %1 healthy</source>
        <translation>Alle %1 gesund</translation>
    </message>
    <message>
        <source>%1 of %2 healthy</source>
        <translation>%1 von %2 gesund</translation>
    </message>
    <message>
        <source>%1 degraded</source>
        <translation>%1 beeinträchtigt</translation>
    </message>
    <message>
        <source>%1 down</source>
        <translation>%1 ausgefallen</translation>
    </message>
    <message>
        <source>%1 stale</source>
        <translation>%1 veraltet</translation>
    </message>
    <message>
        <source>%1 not yet known</source>
        <translation>%1 noch unbekannt</translation>
    </message>
</context>
<context>
    <name>ReplicationRows</name>
    <message>
        <source>reader</source>
        <translation>Leser</translation>
    </message>
    <message>
        <source>application_name of its connection</source>
        <translation>application_name seiner Verbindung</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>commits wait for it</source>
        <translation>Commits warten darauf</translation>
    </message>
    <message>
        <source>sync_state</source>
        <translation>sync_state</translation>
    </message>
    <message>
        <source>lag</source>
        <translation>Rückstand</translation>
    </message>
    <message>
        <source>Written here, not replayed there</source>
        <translation>Hier geschrieben, dort nicht angewandt</translation>
    </message>
    <message>
        <source>lag, time</source>
        <translation>Rückstand, Zeit</translation>
    </message>
    <message>
        <source>Time from the flush here to the replay there; empty while idle and caught up</source>
        <translation>Zeit vom Schreiben hier bis zum Anwenden dort; leer, wenn untätig und aufgeholt</translation>
    </message>
    <message>
        <source>last message</source>
        <translation>letzte Meldung</translation>
    </message>
    <message>
        <source>Since its last message</source>
        <translation>Seit seiner letzten Meldung</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>nicht gesendet</translation>
    </message>
    <message>
        <source>not flushed</source>
        <translation>nicht gesichert</translation>
    </message>
    <message>
        <source>write lag</source>
        <translation>Schreibrückstand</translation>
    </message>
    <message>
        <source>flush lag</source>
        <translation>Sicherungsrückstand</translation>
    </message>
    <message>
        <source>slot</source>
        <translation>Slot</translation>
    </message>
    <message>
        <source>client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>pid</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>used</source>
        <translation>benutzt</translation>
    </message>
    <message>
        <source>Whether somebody reads from it</source>
        <translation>Ob jemand daraus liest</translation>
    </message>
    <message>
        <source>keeps WAL</source>
        <translation>hält WAL</translation>
    </message>
    <message>
        <source>WAL that is not removed because of it</source>
        <translation>WAL, das seinetwegen nicht entfernt wird</translation>
    </message>
    <message>
        <source>WAL status</source>
        <translation>WAL-Status</translation>
    </message>
    <message>
        <source>reserved: within max_wal_size; extended: beyond it, kept; unreserved: about to be removed; lost: removed, the reader must start anew</source>
        <translation>reserved: innerhalb max_wal_size; extended: darüber, behalten; unreserved: wird bald entfernt; lost: entfernt, der Leser muss neu beginnen</translation>
    </message>
    <message>
        <source>until lost</source>
        <translation>bis verloren</translation>
    </message>
    <message>
        <source>WAL that may still be written before what it needs is removed; empty: no limit is set</source>
        <translation>WAL, das noch geschrieben werden kann, bevor Benötigtes entfernt wird; leer: keine Grenze gesetzt</translation>
    </message>
    <message>
        <source>not confirmed</source>
        <translation>nicht bestätigt</translation>
    </message>
    <message>
        <source>Logical: sent or not, not confirmed by its reader</source>
        <translation>Logisch: gesendet oder nicht, vom Leser nicht bestätigt</translation>
    </message>
    <message>
        <source>type</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>plugin</source>
        <translation>Plugin</translation>
    </message>
    <message>
        <source>holds vacuum back</source>
        <translation>hält Vacuum auf</translation>
    </message>
    <message>
        <source>Transactions since the oldest one whose rows it keeps</source>
        <translation>Transaktionen seit der ältesten, deren Zeilen er behält</translation>
    </message>
    <message>
        <source>temporary</source>
        <translation>temporär</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>nicht benutzt</translation>
    </message>
    <message>
        <source>logical</source>
        <translation>logisch</translation>
    </message>
    <message>
        <source>physical</source>
        <translation>physisch</translation>
    </message>
    <message>
        <source>subscription</source>
        <translation>Subskription</translation>
    </message>
    <message>
        <source>publications</source>
        <translation>Publikationen</translation>
    </message>
    <message>
        <source>tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>still copying</source>
        <translation>noch am Kopieren</translation>
    </message>
    <message>
        <source>apply errors</source>
        <translation>Anwendungsfehler</translation>
    </message>
    <message>
        <source>copy errors</source>
        <translation>Kopierfehler</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>abgeschaltet</translation>
    </message>
    <message>
        <source>no worker runs</source>
        <translation>kein Prozess läuft</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>publication</source>
        <translation>Publikation</translation>
    </message>
    <message>
        <source>with row filter</source>
        <translation>mit Zeilenfilter</translation>
    </message>
    <message>
        <source>all tables</source>
        <translation>alle Tabellen</translation>
    </message>
    <message>
        <source>operations</source>
        <translation>Operationen</translation>
    </message>
    <message>
        <source>owner</source>
        <translation>Eigentümer</translation>
    </message>
    <message>
        <source>no WAL receiver runs, or the role may not see it</source>
        <translation>kein WAL-Empfänger läuft, oder die Rolle darf ihn nicht sehen</translation>
    </message>
    <message>
        <source>WAL receiver %1</source>
        <translation>WAL-Empfänger %1</translation>
    </message>
    <message>
        <source>WAL receiver %1 from %2</source>
        <translation>WAL-Empfänger %1 von %2</translation>
    </message>
    <message>
        <source>%1 received and not applied</source>
        <translation>%1 empfangen und nicht angewandt</translation>
    </message>
    <message>
        <source>last applied transaction %1 ago</source>
        <translation>letzte angewandte Transaktion vor %1</translation>
    </message>
    <message>
        <source>replay is paused</source>
        <translation>Anwenden ist angehalten</translation>
    </message>
</context>
<context>
    <name>ServerFacts</name>
    <message>
        <source>not permitted</source>
        <translation>nicht erlaubt</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>fleet median %1</source>
        <translation>Median der Flotte %1</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Replica lag</source>
        <translation>Replik-Rückstand</translation>
    </message>
    <message>
        <source>Last applied transaction</source>
        <translation>Zuletzt angewandte Transaktion</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>Map epoch</source>
        <translation>Epoche der Karte</translation>
    </message>
    <message>
        <source>Pins</source>
        <translation>Anheftungen</translation>
    </message>
    <message>
        <source>Worst replica</source>
        <translation>Schlechteste Replik</translation>
    </message>
    <message>
        <source>behind</source>
        <translation>im Rückstand</translation>
    </message>
    <message>
        <source>Logical shards</source>
        <translation>Logische Shards</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Pinned tenant</source>
        <translation>Angehefteter Mandant</translation>
    </message>
    <message>
        <source>in logical shard %1</source>
        <translation>in logischem Shard %1</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>Zone</translation>
    </message>
    <message>
        <source>Connection string</source>
        <translation>Verbindungszeichenfolge</translation>
    </message>
    <message>
        <source>Last good sample</source>
        <translation>Letzte gute Messung</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
</context>
<context>
    <name>Sessions</name>
    <message>
        <source>SESSION</source>
        <translation>SITZUNG</translation>
    </message>
    <message>
        <source>ROLE</source>
        <translation>ROLLE</translation>
    </message>
    <message>
        <source>APPLICATION</source>
        <translation>ANWENDUNG</translation>
    </message>
    <message>
        <source>CLIENT</source>
        <translation>CLIENT</translation>
    </message>
    <message>
        <source>STATE</source>
        <translation>ZUSTAND</translation>
    </message>
    <message>
        <source>TX AGE</source>
        <translation>TX-ALTER</translation>
    </message>
    <message>
        <source>QUERY AGE</source>
        <translation>ABFRAGEALTER</translation>
    </message>
    <message>
        <source>BLOCKS</source>
        <translation>BLOCKIERT</translation>
    </message>
    <message>
        <source>QUERY</source>
        <translation>ABFRAGE</translation>
    </message>
    <message>
        <source>SIGNAL</source>
        <translation>SIGNAL</translation>
    </message>
    <message>
        <source>OUTCOME</source>
        <translation>AUSGANG</translation>
    </message>
    <message>
        <source>ERROR</source>
        <translation>FEHLER</translation>
    </message>
</context>
<context>
    <name>SettingRows</name>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
    <message>
        <source>setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>here</source>
        <translation>hier</translation>
    </message>
    <message>
        <source>most others</source>
        <translation>die meisten</translation>
    </message>
    <message>
        <source>What more than half of the others have</source>
        <translation>Was mehr als die Hälfte der anderen haben</translation>
    </message>
    <message>
        <source>how many</source>
        <translation>wie viele</translation>
    </message>
    <message>
        <source>How many of the others have that value</source>
        <translation>Wie viele der anderen diesen Wert haben</translation>
    </message>
    <message>
        <source>like here</source>
        <translation>wie hier</translation>
    </message>
    <message>
        <source>Others that have the value of this server</source>
        <translation>Andere mit dem Wert dieses Servers</translation>
    </message>
    <message>
        <source>set by</source>
        <translation>gesetzt durch</translation>
    </message>
    <message>
        <source>restart</source>
        <translation>Neustart</translation>
    </message>
    <message>
        <source>Changed in a file, in force after a restart</source>
        <translation>In einer Datei geändert, gilt nach einem Neustart</translation>
    </message>
    <message>
        <source>changed by</source>
        <translation>änderbar durch</translation>
    </message>
    <message>
        <source>What it takes to change it</source>
        <translation>Was eine Änderung erfordert</translation>
    </message>
    <message>
        <source>file</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>The server&apos;s own words</source>
        <translation>In den Worten des Servers</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>no majority</source>
        <translation>keine Mehrheit</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>only here</source>
        <translation>nur hier</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>steht aus</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
</context>
<context>
    <name>SizeRows</name>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>logical shard</source>
        <translation>logischer Shard</translation>
    </message>
    <message>
        <source>size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Tables with indexes and TOAST</source>
        <translation>Tabellen mit Indizes und TOAST</translation>
    </message>
    <message>
        <source>share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Of all logical shards of this instance</source>
        <translation>An allen logischen Shards dieser Instanz</translation>
    </message>
    <message>
        <source>schema</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>estimate: sampled rows of shared tables</source>
        <translation>Schätzung: Stichprobe der Zeilen gemeinsamer Tabellen</translation>
    </message>
    <message>
        <source>sum of its schema&apos;s relations</source>
        <translation>Summe der Relationen seines Schemas</translation>
    </message>
    <message>
        <source>table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>total</source>
        <translation>gesamt</translation>
    </message>
    <message>
        <source>With indexes and TOAST</source>
        <translation>Mit Indizes und TOAST</translation>
    </message>
    <message>
        <source>rows&apos; own</source>
        <translation>nur Zeilen</translation>
    </message>
    <message>
        <source>indexes</source>
        <translation>Indizes</translation>
    </message>
    <message>
        <source>TOAST</source>
        <translation>TOAST</translation>
    </message>
    <message>
        <source>live rows</source>
        <translation>lebende Zeilen</translation>
    </message>
    <message>
        <source>Estimated</source>
        <translation>Geschätzt</translation>
    </message>
    <message>
        <source>dead rows</source>
        <translation>tote Zeilen</translation>
    </message>
    <message>
        <source>Estimated; vacuum makes their room free again</source>
        <translation>Geschätzt; Vacuum gibt ihren Platz wieder frei</translation>
    </message>
    <message>
        <source>dead share</source>
        <translation>Anteil toter</translation>
    </message>
    <message>
        <source>last vacuum</source>
        <translation>letztes Vacuum</translation>
    </message>
    <message>
        <source>last analyse</source>
        <translation>letztes Analyze</translation>
    </message>
    <message>
        <source>changed since</source>
        <translation>seitdem geändert</translation>
    </message>
    <message>
        <source>Rows changed since the last analyse</source>
        <translation>Seit dem letzten Analyze geänderte Zeilen</translation>
    </message>
    <message>
        <source>whole reads</source>
        <translation>ganz gelesen</translation>
    </message>
    <message>
        <source>Sequential scans</source>
        <translation>Sequenzielle Durchläufe</translation>
    </message>
    <message>
        <source>index reads</source>
        <translation>über Index gelesen</translation>
    </message>
    <message>
        <source>Index scans</source>
        <translation>Index-Durchläufe</translation>
    </message>
    <message>
        <source>oldest row id</source>
        <translation>älteste Zeilen-ID</translation>
    </message>
    <message>
        <source>Transactions since its oldest unfrozen one</source>
        <translation>Transaktionen seit der ältesten nicht eingefrorenen</translation>
    </message>
    <message>
        <source>partition of</source>
        <translation>Partition von</translation>
    </message>
    <message>
        <source>Dead rows take room and slow reads down until vacuum has cleaned them</source>
        <translation>Tote Zeilen kosten Platz und bremsen das Lesen, bis Vacuum sie entfernt hat</translation>
    </message>
    <message>
        <source>index</source>
        <translation>Index</translation>
    </message>
    <message>
        <source>scans</source>
        <translation>Durchläufe</translation>
    </message>
    <message>
        <source>Since the statistics were reset, on this server</source>
        <translation>Seit dem Zurücksetzen der Statistik, auf diesem Server</translation>
    </message>
    <message>
        <source>use</source>
        <translation>Nutzung</translation>
    </message>
    <message>
        <source>purpose</source>
        <translation>Zweck</translation>
    </message>
    <message>
        <source>definition</source>
        <translation>Definition</translation>
    </message>
    <message>
        <source>used</source>
        <translation>benutzt</translation>
    </message>
    <message>
        <source>invalid</source>
        <translation>ungültig</translation>
    </message>
    <message>
        <source>Left behind by a build that failed: it is kept up to date and never used</source>
        <translation>Rest eines gescheiterten Aufbaus: wird gepflegt und nie benutzt</translation>
    </message>
    <message>
        <source>never used</source>
        <translation>nie benutzt</translation>
    </message>
    <message>
        <source>It costs room and every write. Replicas count for themselves: look there before dropping it.</source>
        <translation>Er kostet Platz und jedes Schreiben. Replikate zählen für sich: vor dem Löschen dort nachsehen.</translation>
    </message>
    <message>
        <source>never read</source>
        <translation>nie gelesen</translation>
    </message>
    <message>
        <source>It keeps rows unique or serves a constraint</source>
        <translation>Er hält Zeilen eindeutig oder dient einer Bedingung</translation>
    </message>
    <message>
        <source>primary key</source>
        <translation>Primärschlüssel</translation>
    </message>
    <message>
        <source>unique</source>
        <translation>eindeutig</translation>
    </message>
    <message>
        <source>constraint</source>
        <translation>Bedingung</translation>
    </message>
    <message>
        <source>replica identity</source>
        <translation>Replikatidentität</translation>
    </message>
    <message>
        <source>reads</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>1 table with many dead rows</source>
        <translation>1 Tabelle mit vielen toten Zeilen</translation>
    </message>
    <message>
        <source>%1 tables with many dead rows</source>
        <translation>%1 Tabellen mit vielen toten Zeilen</translation>
    </message>
    <message>
        <source>1 index never used, %1</source>
        <translation>1 Index nie benutzt, %1</translation>
    </message>
    <message>
        <source>%1 indexes never used, %2</source>
        <translation>%1 Indizes nie benutzt, %2</translation>
    </message>
    <message>
        <source>shards unknown: %1</source>
        <translation>Shards unbekannt: %1</translation>
    </message>
    <message>
        <source>scans since %1</source>
        <translation>Durchläufe seit %1</translation>
    </message>
</context>
<context>
    <name>StatementRows</name>
    <message>
        <source>Estimated from the moments of the statement&apos;s execution times</source>
        <translation>Geschätzt aus den Momenten der Ausführungszeiten der Anweisung</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>The moments of its execution times allow anything between these</source>
        <translation>Die Momente ihrer Ausführungszeiten lassen alles dazwischen zu</translation>
    </message>
    <message>
        <source>statement</source>
        <translation>Anweisung</translation>
    </message>
    <message>
        <source>share of time</source>
        <translation>Zeitanteil</translation>
    </message>
    <message>
        <source>Of the time of all statements of this database</source>
        <translation>An der Zeit aller Anweisungen dieser Datenbank</translation>
    </message>
    <message>
        <source>calls/s</source>
        <translation>Aufrufe/s</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>p99, estimate</source>
        <translation>p99, geschätzt</translation>
    </message>
    <message>
        <source>99 of 100 calls took at most this long</source>
        <translation>99 von 100 Aufrufen dauerten höchstens so lange</translation>
    </message>
    <message>
        <source>Whether the statement is as slow on the other instances</source>
        <translation>Ob die Anweisung auf den anderen Instanzen auch langsam ist</translation>
    </message>
    <message>
        <source>vs others</source>
        <translation>gegen andere</translation>
    </message>
    <message>
        <source>Mean time against the median of the others</source>
        <translation>Mittlere Zeit gegen den Median der anderen</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>total</source>
        <translation>gesamt</translation>
    </message>
    <message>
        <source>Time of all its calls together</source>
        <translation>Zeit aller ihrer Aufrufe zusammen</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>rows/call</source>
        <translation>Zeilen/Aufruf</translation>
    </message>
    <message>
        <source>instances</source>
        <translation>Instanzen</translation>
    </message>
    <message>
        <source>Servers of the fleet that ran it</source>
        <translation>Server der Flotte, die sie ausführten</translation>
    </message>
    <message>
        <source>share of the fleet</source>
        <translation>Anteil an der Flotte</translation>
    </message>
    <message>
        <source>Share of this server in the time that the statement takes on all servers</source>
        <translation>Anteil dieses Servers an der Zeit, die die Anweisung auf allen Servern braucht</translation>
    </message>
    <message>
        <source>fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>The same for the same statement on every instance</source>
        <translation>Auf jeder Instanz gleich für dieselbe Anweisung</translation>
    </message>
    <message>
        <source>too few calls</source>
        <translation>zu wenige Aufrufe</translation>
    </message>
    <message>
        <source>runs only here</source>
        <translation>läuft nur hier</translation>
    </message>
    <message>
        <source>everywhere alike</source>
        <translation>überall gleich</translation>
    </message>
    <message>
        <source>only here</source>
        <translation>nur hier</translation>
    </message>
    <message>
        <source>here and %1</source>
        <translation>hier und %1</translation>
    </message>
    <message>
        <source>here and on %1 others</source>
        <translation>hier und auf %1 anderen</translation>
    </message>
    <message>
        <source>only on %1</source>
        <translation>nur auf %1</translation>
    </message>
    <message>
        <source>only on %1 others</source>
        <translation>nur auf %1 anderen</translation>
    </message>
    <message>
        <source>faster here</source>
        <translation>hier schneller</translation>
    </message>
    <message>
        <source>mean %1 on %2</source>
        <translation>im Mittel %1 auf %2</translation>
    </message>
    <message>
        <source>Runs only here: %1, on no other server that can be read.</source>
        <translation>Läuft nur hier: %1, auf keinem anderen lesbaren Server.</translation>
    </message>
    <message>
        <source>Too few calls on other servers to compare: %1.</source>
        <translation>Zu wenige Aufrufe auf anderen Servern zum Vergleichen: %1.</translation>
    </message>
    <message>
        <source>%1 on the other one that runs it</source>
        <translation>%1 auf dem anderen, der sie ausführt</translation>
    </message>
    <message>
        <source>%1 on the %2 others that run it</source>
        <translation>%1 auf den %2 anderen, die sie ausführen</translation>
    </message>
    <message>
        <source>Only here: %1; %2.</source>
        <translation>Nur hier: %1; %2.</translation>
    </message>
    <message>
        <source>Here and on %1: %2; %3.</source>
        <translation>Hier und auf %1: %2; %3.</translation>
    </message>
    <message>
        <source>Not here, but on %1: %2; %3.</source>
        <translation>Nicht hier, aber auf %1: %2; %3.</translation>
    </message>
    <message>
        <source>Faster here: %1; %2.</source>
        <translation>Hier schneller: %1; %2.</translation>
    </message>
    <message>
        <source>Everywhere alike: %1; %2.</source>
        <translation>Überall gleich: %1; %2.</translation>
    </message>
    <message>
        <source>Too few calls here to compare: %1; %2.</source>
        <translation>Hier zu wenige Aufrufe zum Vergleichen: %1; %2.</translation>
    </message>
    <message>
        <source>from pg_stat_statements</source>
        <translation>aus pg_stat_statements</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>since they were reset</source>
        <translation>seit dem Zurücksetzen</translation>
    </message>
    <message>
        <source>last %1</source>
        <translation>letzte %1</translation>
    </message>
    <message>
        <source>p99 is an estimate</source>
        <translation>p99 ist geschätzt</translation>
    </message>
    <message>
        <source>some statements were evicted meanwhile</source>
        <translation>einige Anweisungen wurden inzwischen verdrängt</translation>
    </message>
    <message>
        <source>compared</source>
        <translation>Vergleich</translation>
    </message>
</context>
<context>
    <name>TableExport</name>
    <message>
        <source>Export the table</source>
        <translation>Tabelle exportieren</translation>
    </message>
    <message>
        <source>CSV…</source>
        <translation>CSV…</translation>
    </message>
    <message>
        <source>TSV…</source>
        <translation>TSV…</translation>
    </message>
    <message>
        <source>JSON…</source>
        <translation>JSON…</translation>
    </message>
    <message>
        <source>Markdown…</source>
        <translation>Markdown…</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>Als Markdown kopieren</translation>
    </message>
</context>
<context>
    <name>TenantRows</name>
    <message>
        <source>tenant</source>
        <translation>Mandant</translation>
    </message>
    <message>
        <source>Value of the shard key</source>
        <translation>Wert des Shard-Schlüssels</translation>
    </message>
    <message>
        <source>logical shard</source>
        <translation>logischer Shard</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Estimated, over all sharded tables</source>
        <translation>Geschätzt, über alle geshardeten Tabellen</translation>
    </message>
    <message>
        <source>of its shard</source>
        <translation>an seinem Shard</translation>
    </message>
    <message>
        <source>Share of the rows of its logical shard</source>
        <translation>Anteil an den Zeilen seines logischen Shards</translation>
    </message>
    <message>
        <source>of this instance</source>
        <translation>an dieser Instanz</translation>
    </message>
    <message>
        <source>Share of the rows of all sharded tables here</source>
        <translation>Anteil an den Zeilen aller geshardeten Tabellen hier</translation>
    </message>
    <message>
        <source>statements seen</source>
        <translation>gesehene Anweisungen</translation>
    </message>
    <message>
        <source>Sampled statements that name the tenant in their text, since the tab was opened</source>
        <translation>Stichproben von Anweisungen, deren Text den Mandanten nennt, seit der Reiter geöffnet wurde</translation>
    </message>
    <message>
        <source>of the load seen</source>
        <translation>an der gesehenen Last</translation>
    </message>
    <message>
        <source>Share of the sampled statements that name a tenant</source>
        <translation>Anteil an den Anweisungen der Stichprobe, die einen Mandanten nennen</translation>
    </message>
    <message>
        <source>tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>Sharded tables in which it is among the frequent keys</source>
        <translation>Geshardete Tabellen, in denen er zu den häufigen Schlüsseln gehört</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>%1 of the rows of logical shard %2</source>
        <translation>%1 der Zeilen des logischen Shards %2</translation>
    </message>
    <message>
        <source>rows read/s</source>
        <translation>Zeilen gelesen/s</translation>
    </message>
    <message>
        <source>rows written/s</source>
        <translation>Zeilen/s</translation>
    </message>
    <message>
        <source>of the load</source>
        <translation>an der Last</translation>
    </message>
    <message>
        <source>Share of the rows read and written, or of the statements seen</source>
        <translation>Anteil an den gelesenen und geschriebenen Zeilen oder den gesehenen Anweisungen</translation>
    </message>
    <message>
        <source>Sampled statements whose key belongs to it, since the tab was opened</source>
        <translation>Stichproben von Anweisungen, deren Schlüssel zu ihm gehört, seit der Reiter geöffnet wurde</translation>
    </message>
    <message>
        <source>largest tenant</source>
        <translation>größter Mandant</translation>
    </message>
    <message>
        <source>its share</source>
        <translation>sein Anteil</translation>
    </message>
    <message>
        <source>Share of the logical shard&apos;s rows</source>
        <translation>Anteil an den Zeilen des logischen Shards</translation>
    </message>
    <message>
        <source>load known from</source>
        <translation>Last bekannt aus</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>pg_stat_user_tables of its schema</source>
        <translation>pg_stat_user_tables seines Schemas</translation>
    </message>
    <message>
        <source>sampled statements</source>
        <translation>Stichprobe von Anweisungen</translation>
    </message>
    <message>
        <source>rows from pg_stats</source>
        <translation>Zeilen aus pg_stats</translation>
    </message>
    <message>
        <source>other rows taken as spread evenly</source>
        <translation>übrige Zeilen als gleich verteilt angenommen</translation>
    </message>
    <message>
        <source>%1 of %2 tables not permitted: needs SELECT on the key</source>
        <translation>%1 von %2 Tabellen nicht erlaubt: braucht SELECT auf den Schlüssel</translation>
    </message>
    <message>
        <source>%1 of %2 tables not analysed</source>
        <translation>%1 von %2 Tabellen ohne Analyze</translation>
    </message>
    <message>
        <source>statements not permitted</source>
        <translation>Anweisungen nicht erlaubt</translation>
    </message>
    <message>
        <source>no key in %1 sampled statements: it is a parameter</source>
        <translation>kein Schlüssel in %1 Anweisungen der Stichprobe: Er ist ein Parameter</translation>
    </message>
    <message>
        <source>key visible in %1 of %2 sampled statements</source>
        <translation>Schlüssel sichtbar in %1 von %2 Anweisungen der Stichprobe</translation>
    </message>
    <message>
        <source>keys not routed: %1</source>
        <translation>Schlüssel nicht zugeordnet: %1</translation>
    </message>
    <message>
        <source>tenant %1: %2 of the rows of logical shard %3, %4 of this instance</source>
        <translation>Mandant %1: %2 der Zeilen des logischen Shards %3, %4 dieser Instanz</translation>
    </message>
</context>
<context>
    <name>Triage</name>
    <message>
        <source>not permitted</source>
        <translation>nicht erlaubt</translation>
    </message>
    <message>
        <source>waits for %1 on %2</source>
        <translation>wartet auf %1 für %2</translation>
    </message>
    <message>
        <source>waits for a lock (%1)</source>
        <translation>wartet auf eine Sperre (%1)</translation>
    </message>
    <message>
        <source>prepared transaction %1</source>
        <translation>vorbereitete Transaktion %1</translation>
    </message>
    <message>
        <source>a prepared transaction</source>
        <translation>eine vorbereitete Transaktion</translation>
    </message>
    <message>
        <source>pid %1, gone since</source>
        <translation>PID %1, inzwischen weg</translation>
    </message>
    <message>
        <source>pid %1</source>
        <translation>PID %1</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 as %2</source>
        <translation>%1 als %2</translation>
    </message>
    <message>
        <source>holds %1</source>
        <translation>hält %1</translation>
    </message>
    <message>
        <source>holds %1 on %2</source>
        <translation>hält %1 für %2</translation>
    </message>
    <message>
        <source>Asked; waiting for the server.</source>
        <translation>Angefordert; der Server ist am Zug.</translation>
    </message>
    <message>
        <source>The statement has ended; the session is still there.</source>
        <translation>Die Anweisung ist beendet; die Sitzung besteht weiter.</translation>
    </message>
    <message>
        <source>No statement ran; nothing was cancelled.</source>
        <translation>Es lief keine Anweisung; nichts wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The session is gone; its transaction was rolled back.</source>
        <translation>Die Sitzung ist weg; ihre Transaktion wurde zurückgerollt.</translation>
    </message>
    <message>
        <source>The server took the request, but the session has not reacted yet.</source>
        <translation>Der Server hat die Anforderung angenommen, aber die Sitzung hat noch nicht reagiert.</translation>
    </message>
    <message>
        <source>There was no such session any more; nothing happened.</source>
        <translation>Diese Sitzung gab es nicht mehr; nichts ist geschehen.</translation>
    </message>
    <message>
        <source>Our role may not do this; nothing happened.</source>
        <translation>Unsere Rolle darf das nicht; nichts ist geschehen.</translation>
    </message>
    <message>
        <source>The server gave no answer; whether it happened is not known.</source>
        <translation>Der Server hat nicht geantwortet; ob es geschehen ist, ist nicht bekannt.</translation>
    </message>
</context>
<context>
    <name>Verdicts</name>
    <message>
        <source>p99 is %1, %2 the fleet median</source>
        <translation>p99 ist %1, %2 des Medians der Flotte</translation>
    </message>
    <message>
        <source>p99 is %1</source>
        <translation>p99 ist %1</translation>
    </message>
    <message>
        <source>1 session blocked by pid %1</source>
        <translation>1 Sitzung durch PID %1 blockiert</translation>
    </message>
    <message>
        <source>%1 sessions blocked by pid %2</source>
        <translation>%1 Sitzungen durch PID %2 blockiert</translation>
    </message>
    <message>
        <source>1 session waits for a lock</source>
        <translation>1 Sitzung wartet auf eine Sperre</translation>
    </message>
    <message>
        <source>%1 sessions wait for a lock</source>
        <translation>%1 Sitzungen warten auf eine Sperre</translation>
    </message>
    <message>
        <source>a transaction has been open for %1</source>
        <translation>eine Transaktion ist seit %1 offen</translation>
    </message>
    <message>
        <source>a statement has been running for %1</source>
        <translation>eine Anweisung läuft seit %1</translation>
    </message>
    <message>
        <source>a session has been idle in its transaction for %1</source>
        <translation>eine Sitzung ist seit %1 in ihrer Transaktion untätig</translation>
    </message>
    <message>
        <source>%1 sessions at work, the fleet median is %2</source>
        <translation>%1 Sitzungen arbeiten, der Median der Flotte ist %2</translation>
    </message>
    <message>
        <source>%1 sessions at work</source>
        <translation>%1 Sitzungen arbeiten</translation>
    </message>
    <message>
        <source>%1 of its connections are taken</source>
        <translation>%1 der Verbindungen sind belegt</translation>
    </message>
    <message>
        <source>%1 of the blocks read are not in shared memory</source>
        <translation>%1 der gelesenen Blöcke sind nicht im gemeinsamen Speicher</translation>
    </message>
    <message>
        <source>%1 errors</source>
        <translation>%1 Fehler</translation>
    </message>
    <message>
        <source>%1 deadlocks</source>
        <translation>%1 Verklemmungen</translation>
    </message>
    <message>
        <source>statements spill %1 a second into temporary files</source>
        <translation>Anweisungen lagern %1 je Sekunde in temporäre Dateien aus</translation>
    </message>
    <message>
        <source>a replica is %1 behind</source>
        <translation>eine Replik liegt %1 zurück</translation>
    </message>
    <message>
        <source>replica %1 is %2 behind</source>
        <translation>Replik %1 liegt %2 zurück</translation>
    </message>
    <message>
        <source>a slot holds back %1 of WAL</source>
        <translation>ein Slot hält %1 WAL zurück</translation>
    </message>
    <message>
        <source>its processors are %1 busy</source>
        <translation>die Prozessoren sind zu %1 ausgelastet</translation>
    </message>
    <message>
        <source>its disk is %1 full</source>
        <translation>die Platte ist zu %1 voll</translation>
    </message>
    <message>
        <source>%1 transactions since the last freeze</source>
        <translation>%1 Transaktionen seit dem letzten Einfrieren</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>writes</source>
        <translation>Schreibvorgänge</translation>
    </message>
    <message>
        <source>transactions</source>
        <translation>Transaktionen</translation>
    </message>
    <message>
        <source>connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>blocked sessions</source>
        <translation>blockierte Sitzungen</translation>
    </message>
    <message>
        <source>longest transaction</source>
        <translation>längste Transaktion</translation>
    </message>
    <message>
        <source>longest statement</source>
        <translation>längste Anweisung</translation>
    </message>
    <message>
        <source>time idle in transaction</source>
        <translation>untätig in Transaktion</translation>
    </message>
    <message>
        <source>sessions at work</source>
        <translation>arbeitende Sitzungen</translation>
    </message>
    <message>
        <source>cache misses</source>
        <translation>Cache-Fehlzugriffe</translation>
    </message>
    <message>
        <source>errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>deadlocks</source>
        <translation>Verklemmungen</translation>
    </message>
    <message>
        <source>temporary files</source>
        <translation>temporäre Dateien</translation>
    </message>
    <message>
        <source>replica lag</source>
        <translation>Replikationsrückstand</translation>
    </message>
    <message>
        <source>WAL held back</source>
        <translation>zurückgehaltenes WAL</translation>
    </message>
    <message>
        <source>processor time</source>
        <translation>Prozessorzeit</translation>
    </message>
    <message>
        <source>disk use</source>
        <translation>Plattenbelegung</translation>
    </message>
    <message>
        <source>transaction id age</source>
        <translation>Alter der Transaktions-IDs</translation>
    </message>
    <message>
        <source>p99 %1</source>
        <translation>p99 %1</translation>
    </message>
    <message>
        <source>%1 blocked</source>
        <translation>%1 blockiert</translation>
    </message>
    <message>
        <source>transaction %1</source>
        <translation>Transaktion %1</translation>
    </message>
    <message>
        <source>statement %1</source>
        <translation>Anweisung %1</translation>
    </message>
    <message>
        <source>idle %1</source>
        <translation>untätig %1</translation>
    </message>
    <message>
        <source>%1 at work</source>
        <translation>%1 arbeiten</translation>
    </message>
    <message>
        <source>connections %1</source>
        <translation>Verbindungen %1</translation>
    </message>
    <message>
        <source>cache misses %1</source>
        <translation>Cache-Fehlzugriffe %1</translation>
    </message>
    <message>
        <source>errors %1</source>
        <translation>Fehler %1</translation>
    </message>
    <message>
        <source>deadlocks %1</source>
        <translation>Verklemmungen %1</translation>
    </message>
    <message>
        <source>spills %1/s</source>
        <translation>lagert %1/s aus</translation>
    </message>
    <message>
        <source>lag %1</source>
        <translation>Rückstand %1</translation>
    </message>
    <message>
        <source>slot %1</source>
        <translation>Slot %1</translation>
    </message>
    <message>
        <source>CPU %1</source>
        <translation>CPU %1</translation>
    </message>
    <message>
        <source>disk %1</source>
        <translation>Platte %1</translation>
    </message>
    <message>
        <source>xid age %1</source>
        <translation>XID-Alter %1</translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <translation>%1, seit %2</translation>
    </message>
    <message>
        <source>Compare its statements and its load with the others.</source>
        <translation>Vergleichen Sie Anweisungen und Last mit den anderen.</translation>
    </message>
    <message>
        <source>See what pid %1 does, and end it if it may be ended.</source>
        <translation>Sehen Sie nach, was PID %1 tut, und beenden Sie sie, wenn sie beendet werden darf.</translation>
    </message>
    <message>
        <source>Find the session that holds the lock.</source>
        <translation>Finden Sie die Sitzung, die die Sperre hält.</translation>
    </message>
    <message>
        <source>Find out who left it open; until it ends, vacuum removes nothing newer.</source>
        <translation>Finden Sie heraus, wer sie offen ließ; bis sie endet, entfernt VACUUM nichts Neueres.</translation>
    </message>
    <message>
        <source>See whether it is expected here, and cancel it if not.</source>
        <translation>Prüfen Sie, ob sie hier erwartet wird, und brechen Sie sie sonst ab.</translation>
    </message>
    <message>
        <source>Close idle sessions or put a pooler in front before new logins are refused.</source>
        <translation>Schließen Sie untätige Sitzungen oder schalten Sie einen Pooler davor, bevor neue Anmeldungen abgewiesen werden.</translation>
    </message>
    <message>
        <source>Look for a statement that reads whole tables.</source>
        <translation>Suchen Sie nach einer Anweisung, die ganze Tabellen liest.</translation>
    </message>
    <message>
        <source>Look into the server&apos;s log.</source>
        <translation>Sehen Sie in das Protokoll des Servers.</translation>
    </message>
    <message>
        <source>Look for a statement that sorts or hashes more than work_mem.</source>
        <translation>Suchen Sie nach einer Anweisung, die mehr als work_mem sortiert oder hasht.</translation>
    </message>
    <message>
        <source>Look for a long query or a paused replay on the replica, and at the network between the two.</source>
        <translation>Suchen Sie nach einer langen Abfrage oder angehaltener Wiedergabe auf der Replik, und prüfen Sie das Netz dazwischen.</translation>
    </message>
    <message>
        <source>Find out who reads the slot; a slot that nobody needs fills the disk.</source>
        <translation>Finden Sie heraus, wer den Slot liest; ein Slot, den niemand braucht, füllt die Platte.</translation>
    </message>
    <message>
        <source>Make room, or move a logical shard away.</source>
        <translation>Schaffen Sie Platz, oder verlegen Sie einen logischen Shard.</translation>
    </message>
    <message>
        <source>See why vacuum does not freeze: an old transaction, a slot, or no worker.</source>
        <translation>Sehen Sie nach, warum VACUUM nicht einfriert: eine alte Transaktion, ein Slot oder kein Worker.</translation>
    </message>
    <message>
        <source>%1 of %2 got slower within %3: look for a common cause such as a rollout</source>
        <translation>%1 von %2 wurden innerhalb von %3 langsamer: suchen Sie eine gemeinsame Ursache, etwa eine Auslieferung</translation>
    </message>
    <message>
        <source>%1 of %2 got worse within %3 (%4): look for a common cause such as a rollout</source>
        <translation>%1 von %2 wurden innerhalb von %3 schlechter (%4): suchen Sie eine gemeinsame Ursache, etwa eine Auslieferung</translation>
    </message>
    <message>
        <source>%1 are uneven: %2 has %3, %4 none</source>
        <translation>%1 ungleich verteilt: %2 hat %3, %4 keine</translation>
    </message>
    <message>
        <source>%1 are uneven: %2 has %3, %4 only %5 (%6)</source>
        <translation>%1 ungleich verteilt: %2 hat %3, %4 nur %5 (%6)</translation>
    </message>
    <message>
        <source>%1, one of %2 instances, has %3 of all %4</source>
        <translation>%1, eine von %2 Instanzen, hat %3 aller %4</translation>
    </message>
    <message>
        <source>1 tenant</source>
        <translation>1 Mandant</translation>
    </message>
    <message>
        <source>%1 tenants</source>
        <translation>%1 Mandanten</translation>
    </message>
    <message>
        <source>%1 of writes</source>
        <translation>%1 der Schreibvorgänge</translation>
    </message>
    <message>
        <source>%1 of transactions</source>
        <translation>%1 der Transaktionen</translation>
    </message>
    <message>
        <source>how much depends on it is unknown</source>
        <translation>wie viel davon abhängt, ist unbekannt</translation>
    </message>
    <message>
        <source>%1 down: %2</source>
        <translation>%1 nicht erreichbar: %2</translation>
    </message>
</context>
<context>
    <name>shardhelm::AlertsModel</name>
    <message>
        <source>fleet</source>
        <translation>Flotte</translation>
    </message>
</context>
<context>
    <name>shardhelm::DemoController</name>
    <message>
        <source>Removed the rest of an interrupted start</source>
        <translation>Rest eines abgebrochenen Starts entfernt</translation>
    </message>
    <message>
        <source>Made %1</source>
        <translation>%1 angelegt</translation>
    </message>
    <message>
        <source>Started %1</source>
        <translation>%1 gestartet</translation>
    </message>
    <message>
        <source>Made the directory</source>
        <translation>Verzeichnis angelegt</translation>
    </message>
    <message>
        <source>Filled %1</source>
        <translation>%1 gefüllt</translation>
    </message>
    <message>
        <source>Made replica %1</source>
        <translation>Replik %1 angelegt</translation>
    </message>
    <message>
        <source>Looking for PostgreSQL</source>
        <translation>PostgreSQL wird gesucht</translation>
    </message>
</context>
<context>
    <name>shardhelm::FactFilter</name>
    <message>
        <source>“%1” is no value that %2 can have.</source>
        <translation>„%1“ ist kein Wert, den %2 haben kann.</translation>
    </message>
    <message>
        <source>“%1” is no column of this table. There are: %2.</source>
        <translation>„%1“ ist keine Spalte dieser Tabelle. Es gibt: %2.</translation>
    </message>
</context>
<context>
    <name>shardhelm::FactModel</name>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Not permitted: the role of this console may not see it.</source>
        <translation>Nicht erlaubt: Die Rolle dieser Konsole darf es nicht sehen.</translation>
    </message>
    <message>
        <source>not permitted</source>
        <translation>nicht erlaubt</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>shardhelm::InstancesModel</name>
    <message>
        <source>instance</source>
        <translation>Instanz</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>zone</source>
        <translation>Zone</translation>
    </message>
    <message>
        <source>99 of 100 statements took at most this long, and where that is known from</source>
        <translation>99 von 100 Anweisungen dauerten höchstens so lange, und woher das bekannt ist</translation>
    </message>
    <message>
        <source>p99, estimate</source>
        <translation>p99, Schätzung</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>p99 against the median of the fleet</source>
        <translation>p99 gegen den Median der Flotte</translation>
    </message>
    <message>
        <source>vs median</source>
        <translation>zu Median</translation>
    </message>
    <message>
        <source>Transactions per second</source>
        <translation>Transaktionen je Sekunde</translation>
    </message>
    <message>
        <source>trans./s</source>
        <translation>Trans./s</translation>
    </message>
    <message>
        <source>Rows written per second</source>
        <translation>Geschriebene Zeilen je Sekunde</translation>
    </message>
    <message>
        <source>rows written/s</source>
        <translation>Zeilen/s</translation>
    </message>
    <message>
        <source>connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Age of the oldest open transaction</source>
        <translation>Alter der ältesten offenen Transaktion</translation>
    </message>
    <message>
        <source>longest trans.</source>
        <translation>läng. Trans.</translation>
    </message>
    <message>
        <source>Sessions that wait for a lock</source>
        <translation>Sitzungen, die auf eine Sperre warten</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>blockiert</translation>
    </message>
    <message>
        <source>Bytes received and not applied · seconds of data behind the primary</source>
        <translation>Empfangene, nicht angewandte Bytes · Sekunden Daten hinter dem Primärserver</translation>
    </message>
    <message>
        <source>replica lag</source>
        <translation>Rückstand</translation>
    </message>
    <message>
        <source>Share of page reads served from shared buffers</source>
        <translation>Anteil der Seiten, die aus den gemeinsamen Puffern kamen</translation>
    </message>
    <message>
        <source>cache hit</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>Size of the database</source>
        <translation>Größe der Datenbank</translation>
    </message>
    <message>
        <source>size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Logical shards placed on the instance</source>
        <translation>Logische Shards auf der Instanz</translation>
    </message>
    <message>
        <source>shards</source>
        <translation>Shards</translation>
    </message>
    <message>
        <source>Time of one sample as this console measured it</source>
        <translation>Zeit einer Messung, wie diese Konsole sie sah</translation>
    </message>
    <message>
        <source>round trip</source>
        <translation>Umlaufzeit</translation>
    </message>
    <message>
        <source>version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>host</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>When the last good sample arrived</source>
        <translation>Wann die letzte gute Messung kam</translation>
    </message>
    <message>
        <source>sampled</source>
        <translation>gemessen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Not permitted: the role of this console may not see it. Granting pg_monitor to it shows it.</source>
        <translation>Nicht erlaubt: die Rolle dieser Konsole darf es nicht sehen. Mit pg_monitor wird es sichtbar.</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>The last applied transaction is %1 old</source>
        <translation>Die zuletzt angewandte Transaktion ist %1 alt</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>max. connections</source>
        <translation>max. Verbindungen</translation>
    </message>
    <message>
        <source>lag</source>
        <translation>Rückstand</translation>
    </message>
    <message>
        <source>lag, time</source>
        <translation>Rückstand, Zeit</translation>
    </message>
    <message>
        <source>p99 source</source>
        <translation>Quelle des p99</translation>
    </message>
</context>
<context>
    <name>shardhelm::JournalModel</name>
    <message>
        <source>At</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
</context>
<context>
    <name>shardhelm::RankingModel</name>
    <message>
        <source>%1. %2, %3: %4</source>
        <translation>%1. %2, %3: %4</translation>
    </message>
</context>
<context>
    <name>shardhelm::SessionsModel</name>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>instance</source>
        <translation>Instanz</translation>
    </message>
    <message>
        <source>pid</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>blocks</source>
        <translation>blockiert</translation>
    </message>
    <message>
        <source>transaction</source>
        <translation>Transaktion</translation>
    </message>
    <message>
        <source>statement</source>
        <translation>Anweisung</translation>
    </message>
    <message>
        <source>application</source>
        <translation>Anwendung</translation>
    </message>
    <message>
        <source>role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>text, literals redacted</source>
        <translation>Text, Literale geschwärzt</translation>
    </message>
</context>
<context>
    <name>shardhelm::TimeWindow</name>
    <message>
        <source>%1 to %2, standing still</source>
        <translation>%1 bis %2, steht still</translation>
    </message>
    <message>
        <source>since the first sample at %1</source>
        <translation>seit der ersten Messung um %1</translation>
    </message>
</context>
<context>
    <name>shardhelm::gui::Screenshots</name>
    <message>
        <source>No data came within %1 s.</source>
        <translation>Innerhalb von %1 s kamen keine Daten.</translation>
    </message>
    <message>
        <source>%1 cannot be written.</source>
        <translation>%1 lässt sich nicht schreiben.</translation>
    </message>
    <message>
        <source>%1 cannot be made.</source>
        <translation>%1 lässt sich nicht anlegen.</translation>
    </message>
    <message>
        <source>%1 of %2 s of samples</source>
        <translation>%1 von %2 s gemessen</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::AdoptSheet</name>
    <message>
        <source>Adopt running instances</source>
        <translation>Laufende Instanzen übernehmen</translation>
    </message>
    <message>
        <source>Builds the directory from what the instances hold: the placement of every non-empty shard, pins for tenants that live elsewhere, and a list of conflicts. It runs in a terminal; this sheet puts the command together.</source>
        <translation>Baut das Verzeichnis aus dem, was die Instanzen enthalten: den Ort jedes nicht leeren Shards, Anheftungen für Mandanten, die anderswo leben, und eine Liste der Widersprüche. Das läuft in einem Terminal; dieses Blatt stellt den Befehl zusammen.</translation>
    </message>
    <message>
        <source>schema: a schema per logical shard</source>
        <translation>schema: ein Schema je logischem Shard</translation>
    </message>
    <message>
        <source>rows: tables shared, rows by key</source>
        <translation>rows: gemeinsame Tabellen, Zeilen nach Schlüssel</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>Layout</translation>
    </message>
    <message>
        <source>Logical shards</source>
        <translation>Logische Shards</translation>
    </message>
    <message>
        <source>Type of the key</source>
        <translation>Typ des Schlüssels</translation>
    </message>
    <message>
        <source>Routing</source>
        <translation>Routing</translation>
    </message>
    <message>
        <source>Instances, one a line</source>
        <translation>Instanzen, je Zeile eine</translation>
    </message>
    <message>
        <source>Sharded tables, one a line</source>
        <translation>Verteilte Tabellen, je Zeile eine</translation>
    </message>
    <message>
        <source>The command</source>
        <translation>Der Befehl</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>Befehl kopieren</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::AlertDialog</name>
    <message>
        <source>Mute alert</source>
        <translation>Alarm stummschalten</translation>
    </message>
    <message>
        <source>Acknowledge alert</source>
        <translation>Alarm bestätigen</translation>
    </message>
    <message>
        <source>No notification and no command until then, on any console.</source>
        <translation>Bis dahin keine Benachrichtigung und kein Befehl, auf keiner Konsole.</translation>
    </message>
    <message>
        <source>Everybody sees that you look after it, until it is cleared.</source>
        <translation>Alle sehen, dass Sie sich darum kümmern, bis er vorbei ist.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Reason, e.g. rollout of 2.4</source>
        <translation>Grund, z. B. Auslieferung von 2.4</translation>
    </message>
    <message>
        <source>Reason, e.g. looking into it</source>
        <translation>Grund, z. B. ich sehe nach</translation>
    </message>
    <message>
        <source>For how long</source>
        <translation>Wie lange</translation>
    </message>
    <message>
        <source>30 minutes</source>
        <translation>30 Minuten</translation>
    </message>
    <message>
        <source>2 hours</source>
        <translation>2 Stunden</translation>
    </message>
    <message>
        <source>8 hours</source>
        <translation>8 Stunden</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message>
        <source>1 week</source>
        <translation>1 Woche</translation>
    </message>
    <message>
        <source>Until it is taken back</source>
        <translation>Bis es aufgehoben wird</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stummschalten</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Bestätigen</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::AlertsPanel</name>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>No alert is raised.</source>
        <translation>Kein Alarm steht an.</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stummschalten</translation>
    </message>
    <message>
        <source>Runbook</source>
        <translation>Anleitung</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Stummschaltung aufheben</translation>
    </message>
    <message>
        <source>Who saw to which alert is not recorded. The ranking shows what was wrong.</source>
        <translation>Wer sich um welchen Alarm gekümmert hat, wird nicht aufgezeichnet. Was nicht stimmte, zeigt die Rangliste.</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::Badge</name>
    <message>
        <source>PRODUCTION</source>
        <translation>PRODUKTION</translation>
    </message>
    <message>
        <source>STAGING</source>
        <translation>STAGING</translation>
    </message>
    <message>
        <source>DEVELOPMENT</source>
        <translation>ENTWICKLUNG</translation>
    </message>
    <message>
        <source>Environment: %1</source>
        <translation>Umgebung: %1</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::Button</name>
    <message>
        <source>Key: %1</source>
        <translation>Taste: %1</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::ChoiceButton</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::CurveStack</name>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>not permitted</source>
        <translation>nicht erlaubt</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>fleet median %1</source>
        <translation>Median der Flotte %1</translation>
    </message>
    <message>
        <source>no value in this time</source>
        <translation>kein Wert in dieser Zeit</translation>
    </message>
    <message>
        <source>%1, log</source>
        <translation>%1, log</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::CurvesTab</name>
    <message>
        <source>Curves shown</source>
        <translation>Gezeigte Kurven</translation>
    </message>
    <message>
        <source>Follow the newest sample</source>
        <translation>Der neuesten Messung folgen</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>dashed: the fleet&apos;s median</source>
        <translation>gestrichelt: Median der Flotte</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::DemoOptions</name>
    <message>
        <source>Options of the demo</source>
        <translation>Optionen der Demo</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>Instanzen</translation>
    </message>
    <message>
        <source>Replicas per instance</source>
        <translation>Repliken je Instanz</translation>
    </message>
    <message>
        <source>Logical shards</source>
        <translation>Logische Shards</translation>
    </message>
    <message>
        <source>Tenants</source>
        <translation>Mandanten</translation>
    </message>
    <message>
        <source>schema: a schema per logical shard</source>
        <translation>schema: ein Schema je logischem Shard</translation>
    </message>
    <message>
        <source>rows: tables shared, rows by key</source>
        <translation>rows: gemeinsame Tabellen, Zeilen nach Schlüssel</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>Layout</translation>
    </message>
    <message>
        <source>A demo that is there already keeps its settings; stop and remove it first to change them.</source>
        <translation>Eine vorhandene Demo behält ihre Einstellungen; zum Ändern erst anhalten und entfernen.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Start demo</source>
        <translation>Demo starten</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::ErrorsTab</name>
    <message>
        <source>Errors or counters</source>
        <translation>Fehler oder Zähler</translation>
    </message>
    <message>
        <source>By SQLSTATE</source>
        <translation>Nach SQLSTATE</translation>
    </message>
    <message>
        <source>Counters</source>
        <translation>Zähler</translation>
    </message>
    <message>
        <source>Reading the errors of %1.</source>
        <translation>Die Fehler von %1 werden gelesen.</translation>
    </message>
    <message>
        <source>No error is in the part of the log that was read.</source>
        <translation>Im gelesenen Teil des Protokolls steht kein Fehler.</translation>
    </message>
    <message>
        <source>Errors by SQLSTATE are not known here.</source>
        <translation>Fehler nach SQLSTATE sind hier nicht bekannt.</translation>
    </message>
    <message>
        <source>The database has no counters.</source>
        <translation>Die Datenbank hat keine Zähler.</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::FactDelegate</name>
    <message>
        <source>not permitted</source>
        <translation>nicht erlaubt</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::FactView</name>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Filter of %1</source>
        <translation>Filter von %1</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Words, or comparisons with a column: %1 &gt; 10</source>
        <translation>Wörter oder Vergleiche mit einer Spalte: %1 &gt; 10</translation>
    </message>
    <message>
        <source>Columns of %1</source>
        <translation>Spalten von %1</translation>
    </message>
    <message>
        <source>Export of %1</source>
        <translation>Export von %1</translation>
    </message>
    <message>
        <source>As at first</source>
        <translation>Wie anfangs</translation>
    </message>
    <message>
        <source>Not read since %1.</source>
        <translation>Seit %1 nicht gelesen.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Not permitted.</source>
        <translation>Nicht erlaubt.</translation>
    </message>
    <message>
        <source>It could not be read.</source>
        <translation>Es konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 Zeile</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 Zeilen</translation>
    </message>
    <message>
        <source>%1 hidden by the filter</source>
        <translation>%1 vom Filter verborgen</translation>
    </message>
    <message>
        <source>Nothing matches “%1”.</source>
        <translation>Nichts passt zu „%1“.</translation>
    </message>
    <message>
        <source>%1 hidden by the filter.</source>
        <translation>%1 vom Filter verborgen.</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>Filter leeren</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::FactsTab</name>
    <message>
        <source>Figure over time</source>
        <translation>Größe über die Zeit</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Angaben</translation>
    </message>
    <message>
        <source>grey: the others</source>
        <translation>grau: die anderen</translation>
    </message>
    <message>
        <source>log scale</source>
        <translation>logarithmisch</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::FactsView</name>
    <message>
        <source>Facts</source>
        <translation>Angaben</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::FigureCurve</name>
    <message>
        <source>%1 of %2: %3</source>
        <translation>%1 von %2: %3</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>not permitted</source>
        <translation>nicht erlaubt</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>last value</source>
        <translation>letzter Wert</translation>
    </message>
    <message>
        <source>fleet median %1</source>
        <translation>Median der Flotte %1</translation>
    </message>
    <message>
        <source>no value in this time</source>
        <translation>kein Wert in dieser Zeit</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::FirstRunPage</name>
    <message>
        <source>Recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Noch einmal prüfen</translation>
    </message>
    <message>
        <source>No cluster is open</source>
        <translation>Kein Cluster ist geöffnet</translation>
    </message>
    <message>
        <source>Shardhelm reads a cluster file, then its directory. Nothing is written to any server until you confirm it.</source>
        <translation>Shardhelm liest eine Cluster-Datei, dann ihr Verzeichnis. Auf keinem Server wird geschrieben, bevor Sie es bestätigen.</translation>
    </message>
    <message>
        <source>Check this computer again</source>
        <translation>Diesen Computer noch einmal prüfen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Open cluster file</source>
        <translation>Cluster-Datei öffnen</translation>
    </message>
    <message>
        <source>A TOML file with the directory&apos;s address, the environment and its limits. It holds no secrets.</source>
        <translation>Eine TOML-Datei mit der Adresse des Verzeichnisses, der Umgebung und ihren Grenzen. Sie enthält keine Geheimnisse.</translation>
    </message>
    <message>
        <source>Drop a .toml file on this window, or choose one.</source>
        <translation>Eine .toml-Datei auf dieses Fenster ziehen oder eine wählen.</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>New from example…</source>
        <translation>Neu aus Beispiel…</translation>
    </message>
    <message>
        <source>New cluster file from the example</source>
        <translation>Neue Cluster-Datei aus dem Beispiel</translation>
    </message>
    <message>
        <source>Connect to a directory</source>
        <translation>Mit Verzeichnis verbinden</translation>
    </message>
    <message>
        <source>Give the database that holds the shard map. The cluster file is made for you.</source>
        <translation>Die Datenbank angeben, die die Shard-Karte enthält. Die Cluster-Datei entsteht von selbst.</translation>
    </message>
    <message>
        <source>Connection string of the directory</source>
        <translation>Verbindungszeichenfolge des Verzeichnisses</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>Produktion</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>Staging</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>Entwicklung</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Connect to the directory</source>
        <translation>Mit dem Verzeichnis verbinden</translation>
    </message>
    <message>
        <source>Needs a connection string</source>
        <translation>Braucht eine Verbindungszeichenfolge</translation>
    </message>
    <message>
        <source>Adopt running instances…</source>
        <translation>Instanzen übernehmen…</translation>
    </message>
    <message>
        <source>Adopt running instances</source>
        <translation>Laufende Instanzen übernehmen</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>Die Demo ausprobieren</translation>
    </message>
    <message>
        <source>Starts %1 small PostgreSQL servers on this computer with %2 logical shards, %3 tenants and a load. No network, no root, removed with one click.</source>
        <translation>Startet %1 kleine PostgreSQL-Server auf diesem Computer mit %2 logischen Shards, %3 Mandanten und einer Last. Kein Netz, kein root, mit einem Klick entfernt.</translation>
    </message>
    <message>
        <source>Progress of the demo&apos;s start</source>
        <translation>Fortschritt beim Start der Demo</translation>
    </message>
    <message>
        <source>Start demo</source>
        <translation>Demo starten</translation>
    </message>
    <message>
        <source>Options…</source>
        <translation>Optionen…</translation>
    </message>
    <message>
        <source>Options of the demo</source>
        <translation>Optionen der Demo</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Needs about 400 MB of disk, 20 s to start.</source>
        <translation>Braucht etwa 400 MB Platz und 20 s zum Starten.</translation>
    </message>
    <message>
        <source>%1 · about %2 left</source>
        <translation>%1 · noch etwa %2</translation>
    </message>
    <message>
        <source>The demo is running.</source>
        <translation>Die Demo läuft.</translation>
    </message>
    <message>
        <source>Open demo</source>
        <translation>Demo öffnen</translation>
    </message>
    <message>
        <source>Stopping the demo.</source>
        <translation>Die Demo wird angehalten.</translation>
    </message>
    <message>
        <source>Clusters you open are listed here, with their environment and when you last saw them.</source>
        <translation>Geöffnete Cluster stehen hier, mit ihrer Umgebung und wann Sie sie zuletzt sahen.</translation>
    </message>
    <message>
        <source>Looking for libpq, PostgreSQL&apos;s programs and a keychain.</source>
        <translation>libpq, die Programme von PostgreSQL und ein Schlüsselbund werden gesucht.</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was tun</translation>
    </message>
    <message>
        <source>What to do about %1</source>
        <translation>Was tun bei %1</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::FleetChart</name>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>%1 over time</source>
        <translation>%1 über die Zeit</translation>
    </message>
    <message>
        <source>No server told %1 in this time</source>
        <translation>Kein Server nannte %1 in dieser Zeit</translation>
    </message>
    <message>
        <source>No sample yet</source>
        <translation>Noch keine Messung</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::FleetLine</name>
    <message>
        <source>Fleet</source>
        <translation>Flotte</translation>
    </message>
    <message>
        <source>No sample yet</source>
        <translation>Noch keine Messung</translation>
    </message>
    <message>
        <source>p99 median</source>
        <translation>Median p99</translation>
    </message>
    <message>
        <source>highest</source>
        <translation>höchster</translation>
    </message>
    <message>
        <source>transactions</source>
        <translation>Transaktionen</translation>
    </message>
    <message>
        <source>largest / smallest</source>
        <translation>größte / kleinste</translation>
    </message>
    <message>
        <source>%1 on %2 of %3</source>
        <translation>%1 auf %2 von %3</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::Header</name>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Interval</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>Span of the charts</source>
        <translation>Spanne der Diagramme</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Every %1</source>
        <translation>Alle %1</translation>
    </message>
    <message>
        <source>Last %1 min</source>
        <translation>Letzte %1 min</translation>
    </message>
    <message>
        <source>Cluster %1, switch</source>
        <translation>Cluster %1, wechseln</translation>
    </message>
    <message>
        <source>%1 of %2 servers answer</source>
        <translation>%1 von %2 Servern antworten</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>down</source>
        <translation>ausgefallen</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>veraltet</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>Go live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>sampled %1, %2</source>
        <translation>gemessen %1, %2</translation>
    </message>
    <message>
        <source>Open cluster file…</source>
        <translation>Cluster-Datei öffnen…</translation>
    </message>
    <message>
        <source>Close cluster</source>
        <translation>Cluster schließen</translation>
    </message>
    <message>
        <source>replay, not live</source>
        <translation>Wiedergabe, nicht live</translation>
    </message>
    <message>
        <source>A recording cannot be asked where a tenant is.</source>
        <translation>Eine Aufzeichnung kann nicht gefragt werden, wo ein Mandant liegt.</translation>
    </message>
    <message>
        <source>sampled %1</source>
        <translation>gemessen %1</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::HeatLegend</name>
    <message>
        <source>× fleet median</source>
        <translation>× Median der Flotte</translation>
    </message>
    <message>
        <source>lower is darker</source>
        <translation>niedriger ist dunkler</translation>
    </message>
    <message>
        <source>higher is darker</source>
        <translation>höher ist dunkler</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::HeatMap</name>
    <message>
        <source>%1 of every server over time</source>
        <translation>%1 jedes Servers über die Zeit</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>kein Wert</translation>
    </message>
    <message>
        <source>%1, %2 the median</source>
        <translation>%1, %2 des Medians</translation>
    </message>
    <message>
        <source>%1 · %2 to %3 · %4</source>
        <translation>%1 · %2 bis %3 · %4</translation>
    </message>
    <message>
        <source>%1, worst</source>
        <translation>%1, am schlechtesten</translation>
    </message>
    <message>
        <source>No sample yet</source>
        <translation>Noch keine Messung</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::InstanceDetail</name>
    <message>
        <source>Copy connection string</source>
        <translation>Verbindungszeichenfolge kopieren</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Angaben</translation>
    </message>
    <message>
        <source>Choose a row to see everything known about it.</source>
        <translation>Eine Zeile wählen, um alles über sie zu sehen.</translation>
    </message>
    <message>
        <source>Tabs of the detail</source>
        <translation>Reiter der Einzelheiten</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Statements</source>
        <translation>Anweisungen</translation>
    </message>
    <message>
        <source>Replication</source>
        <translation>Replikation</translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation>Größen</translation>
    </message>
    <message>
        <source>Tenants</source>
        <translation>Mandanten</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>Open sessions</source>
        <translation>Sitzungen öffnen</translation>
    </message>
    <message>
        <source>Locks</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>%1 blocked</source>
        <translation>%1 blockiert</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::InstancesDelegate</name>
    <message>
        <source>not permitted</source>
        <translation>nicht erlaubt</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::InstancesPage</name>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>name, zone, state, or p99 &gt; 100 ms</source>
        <translation>Name, Zone, Zustand oder p99 &gt; 100 ms</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>Instanzen</translation>
    </message>
    <message>
        <source>Columns of the table</source>
        <translation>Spalten der Tabelle</translation>
    </message>
    <message>
        <source>As at first</source>
        <translation>Wie anfangs</translation>
    </message>
    <message>
        <source>1 primary</source>
        <translation>1 Primärserver</translation>
    </message>
    <message>
        <source>%1 primaries</source>
        <translation>%1 Primärserver</translation>
    </message>
    <message>
        <source>1 replica</source>
        <translation>1 Replik</translation>
    </message>
    <message>
        <source>%1 replicas</source>
        <translation>%1 Repliken</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 Zeile</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 Zeilen</translation>
    </message>
    <message>
        <source>%1 hidden by the filter</source>
        <translation>%1 vom Filter verborgen</translation>
    </message>
    <message>
        <source>No instance matches “%1”.</source>
        <translation>Keine Instanz passt zu „%1“.</translation>
    </message>
    <message>
        <source>%1 hidden by the filter.</source>
        <translation>%1 vom Filter verborgen.</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::JournalPage</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>instance, person, what was done</source>
        <translation>Instanz, Person, was getan wurde</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Letzter Tag</translation>
    </message>
    <message>
        <source>Last week</source>
        <translation>Letzte Woche</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>Alle Arten</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>Map changes</source>
        <translation>Änderungen der Karte</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>Instanzen</translation>
    </message>
    <message>
        <source>Directory</source>
        <translation>Verzeichnis</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Reading the journal</source>
        <translation>Das Journal wird gelesen</translation>
    </message>
    <message>
        <source>Nothing in the journal</source>
        <translation>Nichts im Journal</translation>
    </message>
    <message>
        <source>No entry of this kind in this time.</source>
        <translation>Kein Eintrag dieser Art in dieser Zeit.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>%1 entries</source>
        <translation>%1 Einträge</translation>
    </message>
    <message>
        <source>%1 of %2 entries</source>
        <translation>%1 von %2 Einträgen</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::KeysSheet</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>locate a tenant or shard; Enter shows its instance</source>
        <translation>einen Mandanten oder Shard suchen; Eingabe zeigt seine Instanz</translation>
    </message>
    <message>
        <source>filter the instances</source>
        <translation>die Instanzen filtern</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>pause or go live, outside text fields</source>
        <translation>anhalten oder live, außerhalb von Textfeldern</translation>
    </message>
    <message>
        <source>longer or shorter interval, outside text fields</source>
        <translation>längerer oder kürzerer Abstand, außerhalb von Textfeldern</translation>
    </message>
    <message>
        <source>sample now</source>
        <translation>jetzt messen</translation>
    </message>
    <message>
        <source>copy the chosen rows</source>
        <translation>die gewählten Zeilen kopieren</translation>
    </message>
    <message>
        <source>copy the equivalent command</source>
        <translation>den entsprechenden Befehl kopieren</translation>
    </message>
    <message>
        <source>next or previous panel</source>
        <translation>nächstes oder voriges Feld</translation>
    </message>
    <message>
        <source>open a cluster file</source>
        <translation>eine Cluster-Datei öffnen</translation>
    </message>
    <message>
        <source>close the cluster</source>
        <translation>den Cluster schließen</translation>
    </message>
    <message>
        <source>full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>this sheet</source>
        <translation>dieses Blatt</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>top statements of the chosen instance, outside text fields</source>
        <translation>teuerste Anweisungen der gewählten Instanz, außerhalb von Textfeldern</translation>
    </message>
    <message>
        <source>sessions of the fleet; Esc goes back</source>
        <translation>Sitzungen der Flotte; Esc führt zurück</translation>
    </message>
    <message>
        <source>running, waiting, blocking sessions, lock tree, all</source>
        <translation>laufende, wartende, blockierende Sitzungen, Sperrbaum, alle</translation>
    </message>
    <message>
        <source>cancel or terminate the chosen sessions</source>
        <translation>Anweisung der gewählten Sitzungen abbrechen oder Sitzungen beenden</translation>
    </message>
    <message>
        <source>set a marker, outside text fields</source>
        <translation>eine Marke setzen, außerhalb von Textfeldern</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::LocateBox</name>
    <message>
        <source>Locate tenant or shard</source>
        <translation>Mandant oder Shard suchen</translation>
    </message>
    <message>
        <source>Key: %1</source>
        <translation>Taste: %1</translation>
    </message>
    <message>
        <source>A shard key, “shard 17”, an instance, or what the [locate] queries of the cluster file find</source>
        <translation>Ein Shard-Schlüssel, „shard 17“, eine Instanz oder was die [locate]-Abfragen der Cluster-Datei finden</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::LocatePopup</name>
    <message>
        <source>Looking for “%1”</source>
        <translation>„%1“ wird gesucht</translation>
    </message>
    <message>
        <source>“%1” is on %2</source>
        <translation>„%1“ ist auf %2</translation>
    </message>
    <message>
        <source>Nothing found for “%1”.</source>
        <translation>Nichts gefunden für „%1“.</translation>
    </message>
    <message>
        <source>shard %1  →  %2</source>
        <translation>Shard %1  →  %2</translation>
    </message>
    <message>
        <source>tenant %1</source>
        <translation>Mandant %1</translation>
    </message>
    <message>
        <source>tenant %1 by %2</source>
        <translation>Mandant %1 über %2</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>schema %1</source>
        <translation>Schema %1</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>Epoche %1</translation>
    </message>
    <message>
        <source>map epoch %1</source>
        <translation>Karten-Epoche %1</translation>
    </message>
    <message>
        <source>Enter shows the instance · Esc closes</source>
        <translation>Eingabe zeigt die Instanz · Esc schließt</translation>
    </message>
    <message>
        <source>Without an answer: %1</source>
        <translation>Ohne Antwort: %1</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::MainWindow</name>
    <message>
        <source>Open cluster file</source>
        <translation>Cluster-Datei öffnen</translation>
    </message>
    <message>
        <source>Cluster files (*.toml);;All files (*)</source>
        <translation>Cluster-Dateien (*.toml);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>New cluster file from the example</source>
        <translation>Neue Cluster-Datei aus dem Beispiel</translation>
    </message>
    <message>
        <source>Cluster files (*.toml)</source>
        <translation>Cluster-Dateien (*.toml)</translation>
    </message>
    <message>
        <source>%1 is written. Put your directory&apos;s address into it, then open it.</source>
        <translation>%1 ist geschrieben. Die Adresse des Verzeichnisses eintragen, dann öffnen.</translation>
    </message>
    <message>
        <source>The cluster file is %1</source>
        <translation>Die Cluster-Datei ist %1</translation>
    </message>
    <message>
        <source>Close Shardhelm</source>
        <translation>Shardhelm schließen</translation>
    </message>
    <message>
        <source>This window started the demo cluster.</source>
        <translation>Dieses Fenster hat den Demo-Cluster gestartet.</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stopping the demo</source>
        <translation>Die Demo wird angehalten</translation>
    </message>
    <message>
        <source>Command copied</source>
        <translation>Befehl kopiert</translation>
    </message>
    <message>
        <source>Go live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Reading the directory of %1</source>
        <translation>Das Verzeichnis von %1 wird gelesen</translation>
    </message>
    <message>
        <source>Servers appear as they answer.</source>
        <translation>Server erscheinen, sobald sie antworten.</translation>
    </message>
    <message>
        <source>Paused at %1.</source>
        <translation>Angehalten um %1.</translation>
    </message>
    <message>
        <source>%1 behind live.</source>
        <translation>%1 hinter der Gegenwart.</translation>
    </message>
    <message>
        <source>The values are %1 old.</source>
        <translation>Die Werte sind %1 alt.</translation>
    </message>
    <message>
        <source>No server has answered since.</source>
        <translation>Seitdem hat kein Server geantwortet.</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>No server answers since %1.</source>
        <translation>Seit %1 antwortet kein Server.</translation>
    </message>
    <message>
        <source>The shard map is the one of epoch %1; servers are still sampled.</source>
        <translation>Die Shard-Karte ist die der Epoche %1; die Server werden weiter gemessen.</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Open cluster file…</source>
        <translation>Cluster-Datei ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>&amp;New cluster file from the example…</source>
        <translation>&amp;Neue Cluster-Datei aus dem Beispiel…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>noch keiner</translation>
    </message>
    <message>
        <source>&amp;Close cluster</source>
        <translation>Cluster s&amp;chließen</translation>
    </message>
    <message>
        <source>Start the &amp;demo</source>
        <translation>&amp;Demo starten</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Copy rows</source>
        <translation>Zeilen &amp;kopieren</translation>
    </message>
    <message>
        <source>Rows copied</source>
        <translation>Zeilen kopiert</translation>
    </message>
    <message>
        <source>Copy &amp;equivalent command</source>
        <translation>&amp;Entsprechenden Befehl kopieren</translation>
    </message>
    <message>
        <source>&amp;Filter instances</source>
        <translation>Instanzen &amp;filtern</translation>
    </message>
    <message>
        <source>&amp;Locate tenant or shard</source>
        <translation>&amp;Mandant oder Shard suchen</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Thema</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Next &amp;panel</source>
        <translation>&amp;Nächstes Feld</translation>
    </message>
    <message>
        <source>Pre&amp;vious panel</source>
        <translation>&amp;Voriges Feld</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>Voll&amp;bild</translation>
    </message>
    <message>
        <source>&amp;Cluster</source>
        <translation>&amp;Cluster</translation>
    </message>
    <message>
        <source>Sample &amp;now</source>
        <translation>Jetzt &amp;messen</translation>
    </message>
    <message>
        <source>&amp;Longer interval</source>
        <translation>&amp;Längerer Abstand</translation>
    </message>
    <message>
        <source>S&amp;horter interval</source>
        <translation>&amp;Kürzerer Abstand</translation>
    </message>
    <message>
        <source>&amp;Reconnect</source>
        <translation>&amp;Neu verbinden</translation>
    </message>
    <message>
        <source>&amp;Plan</source>
        <translation>&amp;Plan</translation>
    </message>
    <message>
        <source>Show the &amp;map</source>
        <translation>&amp;Karte zeigen</translation>
    </message>
    <message>
        <source>Show the mo&amp;ves</source>
        <translation>&amp;Umzüge zeigen</translation>
    </message>
    <message>
        <source>&amp;Copy command: placement of every shard</source>
        <translation>Befehl &amp;kopieren: Ort jedes Shards</translation>
    </message>
    <message>
        <source>&amp;Query</source>
        <translation>Ab&amp;frage</translation>
    </message>
    <message>
        <source>Show the &amp;workbench</source>
        <translation>&amp;Werkbank zeigen</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Extras</translation>
    </message>
    <message>
        <source>&amp;Copy command: check the directory</source>
        <translation>Befehl kopieren: Verzeichnis &amp;prüfen</translation>
    </message>
    <message>
        <source>Copy command: &amp;save the directory</source>
        <translation>Befehl kopieren: Verzeichnis &amp;sichern</translation>
    </message>
    <message>
        <source>&amp;Adopt running instances…</source>
        <translation>&amp;Laufende Instanzen übernehmen…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Tasten</translation>
    </message>
    <message>
        <source>&amp;About Shardhelm</source>
        <translation>Ü&amp;ber Shardhelm</translation>
    </message>
    <message>
        <source>About Shardhelm</source>
        <translation>Über Shardhelm</translation>
    </message>
    <message>
        <source>Shardhelm %1
Console for sharded PostgreSQL

GPL-3.0-or-later. Qt %2.</source>
        <translation>Shardhelm %1
Konsole für verteiltes PostgreSQL

GPL-3.0-or-later. Qt %2.</translation>
    </message>
    <message>
        <source>Its servers can keep running for the command line and the next window, or stop. Stopped, their data stays in %1.</source>
        <translation>Seine Server können für die Befehlszeile und das nächste Fenster weiterlaufen oder anhalten. Angehalten bleiben ihre Daten in %1.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop and remove…</source>
        <translation>Anhalten und entfernen…</translation>
    </message>
    <message>
        <source>Remove the demo</source>
        <translation>Demo entfernen</translation>
    </message>
    <message>
        <source>Remove the demo and all of its data?</source>
        <translation>Den Demo-Cluster mit allen seinen Daten entfernen?</translation>
    </message>
    <message>
        <source>%1 is deleted with every server in it. This cannot be undone.</source>
        <translation>%1 wird mit allen Servern darin gelöscht. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Removing the demo</source>
        <translation>Die Demo wird entfernt</translation>
    </message>
    <message>
        <source>The password of %1 is in the keychain</source>
        <translation>Das Passwort von %1 ist im Schlüsselbund</translation>
    </message>
    <message>
        <source>S&amp;top the demo</source>
        <translation>Demo an&amp;halten</translation>
    </message>
    <message>
        <source>Re&amp;move the demo…</source>
        <translation>Demo ent&amp;fernen…</translation>
    </message>
    <message>
        <source>It was there before this window started it.</source>
        <translation>Sie war schon da, bevor dieses Fenster sie gestartet hat.</translation>
    </message>
    <message>
        <source>&amp;Sessions</source>
        <translation>&amp;Sitzungen</translation>
    </message>
    <message>
        <source>The last hours are not recorded: %1</source>
        <translation>Die letzten Stunden werden nicht aufgezeichnet: %1</translation>
    </message>
    <message>
        <source>Replay of %1</source>
        <translation>Wiedergabe von %1</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Set a &amp;marker…</source>
        <translation>&amp;Marke setzen …</translation>
    </message>
    <message>
        <source>Open &amp;recording…</source>
        <translation>Aufzeichnung öf&amp;fnen …</translation>
    </message>
    <message>
        <source>Look &amp;back at the last hours</source>
        <translation>Auf die letzten Stunden &amp;zurückblicken</translation>
    </message>
    <message>
        <source>&amp;Save a part of the recording…</source>
        <translation>Einen Teil der Aufzeichnung &amp;speichern …</translation>
    </message>
    <message>
        <source>&amp;Incident report…</source>
        <translation>&amp;Vorfallbericht …</translation>
    </message>
    <message>
        <source>Nothing of this cluster is recorded yet.</source>
        <translation>Von diesem Cluster ist noch nichts aufgezeichnet.</translation>
    </message>
    <message>
        <source>Open recording</source>
        <translation>Aufzeichnung öffnen</translation>
    </message>
    <message>
        <source>Recordings (*.shardhelm *.sqlite);;All files (*)</source>
        <translation>Aufzeichnungen (*.shardhelm *.sqlite);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Save a part of the recording</source>
        <translation>Einen Teil der Aufzeichnung speichern</translation>
    </message>
    <message>
        <source>The part is one file that shardhelm and shardhelmctl replay anywhere. It holds no passwords; literals of statements are left out.</source>
        <translation>Der Teil ist eine Datei, die shardhelm und shardhelmctl überall wiedergeben. Sie enthält keine Kennwörter; Literale von Anweisungen sind weggelassen.</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter …</translation>
    </message>
    <message>
        <source>Incident report</source>
        <translation>Vorfallbericht</translation>
    </message>
    <message>
        <source>One HTML file with curves, who stood out, events, sessions and locks of the span. It holds no passwords; literals of statements are left out.</source>
        <translation>Eine HTML-Datei mit Kurven, Auffälligen, Ereignissen, Sitzungen und Sperren des Zeitraums. Sie enthält keine Kennwörter; Literale von Anweisungen sind weggelassen.</translation>
    </message>
    <message>
        <source>Another file is still being written</source>
        <translation>Eine andere Datei wird noch geschrieben</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>%1 wird geschrieben</translation>
    </message>
    <message>
        <source>%1 is written</source>
        <translation>%1 ist geschrieben</translation>
    </message>
    <message>
        <source>The marker stands in the journal</source>
        <translation>Die Marke steht im Journal</translation>
    </message>
    <message>
        <source>The marker is kept on this computer only</source>
        <translation>Die Marke ist nur auf diesem Rechner gespeichert</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::MarkerDialog</name>
    <message>
        <source>Set a marker</source>
        <translation>Marke setzen</translation>
    </message>
    <message>
        <source>What happened, e.g. deploy 14:02. Charts, recordings and reports show it; with a journal in the directory every console does.</source>
        <translation>Was geschah, z. B. Deploy 14:02. Diagramme, Aufzeichnungen und Berichte zeigen es; mit einem Journal im Verzeichnis auch jede andere Konsole.</translation>
    </message>
    <message>
        <source>Text of the marker</source>
        <translation>Text der Marke</translation>
    </message>
    <message>
        <source>Time of the marker</source>
        <translation>Zeit der Marke</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Set marker</source>
        <translation>Marke setzen</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::MeanStrip</name>
    <message>
        <source>Mean time on every server</source>
        <translation>Mittlere Zeit auf jedem Server</translation>
    </message>
    <message>
        <source>median of the others %1, %2 inside %3 to %4</source>
        <translation>Median der anderen %1, %2 innerhalb %3 bis %4</translation>
    </message>
    <message>
        <source>the other %1</source>
        <translation>der andere %1</translation>
    </message>
    <message>
        <source>%1 not permitted</source>
        <translation>%1 nicht erlaubt</translation>
    </message>
    <message>
        <source>%1 no answer</source>
        <translation>%1 keine Antwort</translation>
    </message>
    <message>
        <source>+ %1</source>
        <translation>+ %1</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::OverviewPage</name>
    <message>
        <source>Figure</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>Rangliste</translation>
    </message>
    <message>
        <source>Shard map</source>
        <translation>Shard-Karte</translation>
    </message>
    <message>
        <source>All instances</source>
        <translation>Alle Instanzen</translation>
    </message>
    <message>
        <source>log scale</source>
        <translation>logarithmisch</translation>
    </message>
    <message>
        <source>%1 by instance</source>
        <translation>%1 nach Instanz</translation>
    </message>
    <message>
        <source>%1 of every instance</source>
        <translation>%1 jeder Instanz</translation>
    </message>
    <message>
        <source>each line one server</source>
        <translation>jede Linie ein Server</translation>
    </message>
    <message>
        <source>by state, then against the fleet median</source>
        <translation>nach Zustand, dann gegen den Median der Flotte</translation>
    </message>
    <message>
        <source>Logical shards</source>
        <translation>Logische Shards</translation>
    </message>
    <message>
        <source>Per instance</source>
        <translation>Je Instanz</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>Layout</translation>
    </message>
    <message>
        <source>a schema per shard</source>
        <translation>ein Schema je Shard</translation>
    </message>
    <message>
        <source>rows of shared tables</source>
        <translation>Zeilen gemeinsamer Tabellen</translation>
    </message>
    <message>
        <source>Pinned tenants</source>
        <translation>Angeheftete Mandanten</translation>
    </message>
    <message>
        <source>On the move or fenced</source>
        <translation>Im Umzug oder gesperrt</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Map epoch</source>
        <translation>Epoche der Karte</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>Zurück zu jetzt</translation>
    </message>
    <message>
        <source>Show the charts up to now again</source>
        <translation>Die Diagramme wieder bis jetzt zeigen</translation>
    </message>
    <message>
        <source>the band holds 8 of 10 servers</source>
        <translation>im Band liegen 8 von 10 Servern</translation>
    </message>
    <message>
        <source>%1 isolated</source>
        <translation>%1 hervorgehoben</translation>
    </message>
    <message>
        <source>%1, instance × time</source>
        <translation>%1, Instanz × Zeit</translation>
    </message>
    <message>
        <source>the worst of each %1 s, same time axis</source>
        <translation>das Schlechteste aus je %1 s, gleiche Zeitachse</translation>
    </message>
    <message>
        <source>the worst of each %1 min, same time axis</source>
        <translation>das Schlechteste aus je %1 min, gleiche Zeitachse</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>seit %1</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::PasswordDialog</name>
    <message>
        <source>Use it for every server with user %1</source>
        <translation>Für jeden Server mit Benutzer %1 verwenden</translation>
    </message>
    <message>
        <source>Password for %1</source>
        <translation>Passwort für %1</translation>
    </message>
    <message>
        <source>%1 asks for a password</source>
        <translation>%1 fragt nach einem Passwort</translation>
    </message>
    <message>
        <source>User %1, database %2</source>
        <translation>Benutzer %1, Datenbank %2</translation>
    </message>
    <message>
        <source>, at %1</source>
        <translation>, bei %1</translation>
    </message>
    <message>
        <source>The password given before was refused.</source>
        <translation>Das zuvor gegebene Passwort wurde abgelehnt.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Remember in the system keychain</source>
        <translation>Im Schlüsselbund des Systems merken</translation>
    </message>
    <message>
        <source>No keychain runs here. Kept in memory until this window closes; a line in ~/.pgpass avoids the question.</source>
        <translation>Hier läuft kein Schlüsselbund. Bleibt im Arbeitsspeicher, bis dieses Fenster schließt; eine Zeile in ~/.pgpass erspart die Frage.</translation>
    </message>
    <message>
        <source>Stored for each server that asks for it, once that has accepted it. Otherwise it is kept in memory until this window closes.</source>
        <translation>Für jeden Server gespeichert, der danach fragt, sobald er es angenommen hat. Sonst bleibt es im Arbeitsspeicher, bis dieses Fenster geschlossen wird.</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::PipStrip</name>
    <message>
        <source>State of every server</source>
        <translation>Zustand jedes Servers</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::Placeholder</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::PlannedPage</name>
    <message>
        <source>Where every logical shard lives, and a draft of where it should live.</source>
        <translation>Wo jeder logische Shard lebt, und ein Entwurf, wo er leben sollte.</translation>
    </message>
    <message>
        <source>Every move of a shard: how far it is, what it does, how to get back.</source>
        <translation>Jeder Umzug eines Shards: wie weit er ist, was er tut, wie es zurückgeht.</translation>
    </message>
    <message>
        <source>One statement, every shard, one answer.</source>
        <translation>Eine Anweisung, jeder Shard, eine Antwort.</translation>
    </message>
    <message>
        <source>A column per instance</source>
        <translation>Eine Spalte je Instanz</translation>
    </message>
    <message>
        <source>as high as its capacity, with a tile per logical shard: area is size, shade is load</source>
        <translation>so hoch wie ihr Fassungsvermögen, mit einer Kachel je logischem Shard: Fläche ist Größe, Ton ist Last</translation>
    </message>
    <message>
        <source>A plan by dragging</source>
        <translation>Planen durch Ziehen</translation>
    </message>
    <message>
        <source>legal targets light up, the others say why not; nothing moves before the plan is reviewed and applied</source>
        <translation>mögliche Ziele leuchten auf, die anderen sagen, warum nicht; nichts zieht um, bevor der Plan geprüft und angewandt ist</translation>
    </message>
    <message>
        <source>The outcome beside it</source>
        <translation>Das Ergebnis daneben</translation>
    </message>
    <message>
        <source>disk and writes per instance before → after, time, risks</source>
        <translation>Platz und Schreiblast je Instanz vorher → nachher, Zeit, Risiken</translation>
    </message>
    <message>
        <source>Progress by table</source>
        <translation>Fortschritt je Tabelle</translation>
    </message>
    <message>
        <source>copy, catch-up, verification, with the time left</source>
        <translation>Kopie, Aufholen, Prüfung, mit der restlichen Zeit</translation>
    </message>
    <message>
        <source>The write pause</source>
        <translation>Die Schreibpause</translation>
    </message>
    <message>
        <source>forecast before, measured after, step by step</source>
        <translation>vorher geschätzt, nachher gemessen, Schritt für Schritt</translation>
    </message>
    <message>
        <source>The way back</source>
        <translation>Der Rückweg</translation>
    </message>
    <message>
        <source>what can be aborted or rolled back now, until when, and what stops it</source>
        <translation>was jetzt abgebrochen oder zurückgenommen werden kann, bis wann, und was es verhindert</translation>
    </message>
    <message>
        <source>An editor with tabs</source>
        <translation>Ein Editor mit Reitern</translation>
    </message>
    <message>
        <source>that survive a restart, coloured by environment, read-only until you say otherwise</source>
        <translation>die einen Neustart überleben, in der Farbe der Umgebung, nur lesend, bis Sie es anders sagen</translation>
    </message>
    <message>
        <source>Exact answers</source>
        <translation>Genaue Antworten</translation>
    </message>
    <message>
        <source>as one PostgreSQL holding all rows would give them, or a refusal with the reason, or a labelled partial</source>
        <translation>wie ein PostgreSQL mit allen Zeilen sie gäbe, oder eine Ablehnung mit Grund, oder ein gekennzeichneter Teil</translation>
    </message>
    <message>
        <source>Who was slow</source>
        <translation>Wer langsam war</translation>
    </message>
    <message>
        <source>time per shard beside the result</source>
        <translation>Zeit je Shard neben dem Ergebnis</translation>
    </message>
    <message>
        <source>The placement of every logical shard</source>
        <translation>Der Ort jedes logischen Shards</translation>
    </message>
    <message>
        <source>Where a tenant lives</source>
        <translation>Wo ein Mandant lebt</translation>
    </message>
    <message>
        <source>Whether the directory and the instances agree</source>
        <translation>Ob Verzeichnis und Instanzen übereinstimmen</translation>
    </message>
    <message>
        <source>Which shards are on the move or fenced now</source>
        <translation>Welche Shards gerade umziehen oder gesperrt sind</translation>
    </message>
    <message>
        <source>Whether rows are in the wrong place</source>
        <translation>Ob Zeilen am falschen Ort sind</translation>
    </message>
    <message>
        <source>The instance to open a session on</source>
        <translation>Die Instanz, auf der eine Sitzung zu öffnen ist</translation>
    </message>
    <message>
        <source>Connection strings of every instance</source>
        <translation>Verbindungszeichenfolgen jeder Instanz</translation>
    </message>
    <message>
        <source>Not in this version yet</source>
        <translation>Noch nicht in dieser Version</translation>
    </message>
    <message>
        <source>what will be here</source>
        <translation>was hier sein wird</translation>
    </message>
    <message>
        <source>On the command line today</source>
        <translation>Heute auf der Befehlszeile</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Kopieren: %1</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::RankingView</name>
    <message>
        <source>Ranking</source>
        <translation>Rangliste</translation>
    </message>
    <message>
        <source>Who is down or stale, is slower than the fleet, waits for locks, falls behind or runs out of connections stands here, the worst first.</source>
        <translation>Wer ausgefallen oder veraltet ist, langsamer als die Flotte, auf Sperren wartet, zurückfällt oder kaum noch Verbindungen hat, steht hier, der Schlimmste zuerst.</translation>
    </message>
    <message>
        <source>Servers are ranked once they have answered.</source>
        <translation>Server werden eingereiht, sobald sie geantwortet haben.</translation>
    </message>
    <message>
        <source>Nobody stands out</source>
        <translation>Niemand fällt auf</translation>
    </message>
    <message>
        <source>No sample yet</source>
        <translation>Noch keine Messung</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::RecentRow</name>
    <message>
        <source>Open %1, %2</source>
        <translation>%1 öffnen, %2</translation>
    </message>
    <message>
        <source>seen %1</source>
        <translation>gesehen %1</translation>
    </message>
    <message>
        <source>Remove from the list	Del</source>
        <translation>Aus der Liste entfernen	Entf</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::ReplayBar</name>
    <message>
        <source>REPLAY</source>
        <translation>WIEDERGABE</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Marker before</source>
        <translation>Vorige Marke</translation>
    </message>
    <message>
        <source>Next marker</source>
        <translation>Nächste Marke</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Geschwindigkeit</translation>
    </message>
    <message>
        <source>Close recording</source>
        <translation>Aufzeichnung schließen</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiedergabe</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Goes to the marker before the moment shown.</source>
        <translation>Geht zur Marke vor dem gezeigten Zeitpunkt.</translation>
    </message>
    <message>
        <source>Goes to the next marker.</source>
        <translation>Geht zur nächsten Marke.</translation>
    </message>
    <message>
        <source>%1×</source>
        <translation>%1×</translation>
    </message>
    <message>
        <source>Go live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>reading %1</source>
        <translation>%1 wird gelesen</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::ReplicationTab</name>
    <message>
        <source>Kinds of replication</source>
        <translation>Arten der Replikation</translation>
    </message>
    <message>
        <source>Replicas and readers</source>
        <translation>Replikate und Leser</translation>
    </message>
    <message>
        <source>Slots</source>
        <translation>Slots</translation>
    </message>
    <message>
        <source>Subscriptions</source>
        <translation>Subskriptionen</translation>
    </message>
    <message>
        <source>Publications</source>
        <translation>Publikationen</translation>
    </message>
    <message>
        <source>the role may not see how far the readers are: pg_monitor shows it</source>
        <translation>die Rolle darf nicht sehen, wie weit die Leser sind: pg_monitor zeigt es</translation>
    </message>
    <message>
        <source>from pg_stat_replication and pg_replication_slots, now</source>
        <translation>aus pg_stat_replication und pg_replication_slots, jetzt</translation>
    </message>
    <message>
        <source>Reading the replication of %1.</source>
        <translation>Die Replikation von %1 wird gelesen.</translation>
    </message>
    <message>
        <source>Nobody reads this server&apos;s WAL.</source>
        <translation>Niemand liest das WAL dieses Servers.</translation>
    </message>
    <message>
        <source>It has no replica, no subscriber and no backup running.</source>
        <translation>Es gibt kein Replikat, keinen Abonnenten und keine laufende Sicherung.</translation>
    </message>
    <message>
        <source>There is no replication slot.</source>
        <translation>Es gibt keinen Replikationsslot.</translation>
    </message>
    <message>
        <source>No slot keeps WAL back.</source>
        <translation>Kein Slot hält WAL zurück.</translation>
    </message>
    <message>
        <source>There is no subscription in this database.</source>
        <translation>In dieser Datenbank gibt es keine Subskription.</translation>
    </message>
    <message>
        <source>There is no publication in this database.</source>
        <translation>In dieser Datenbank gibt es keine Publikation.</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::ScrubSlider</name>
    <message>
        <source>Time of the recording</source>
        <translation>Zeit der Aufzeichnung</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::SessionDetail</name>
    <message>
        <source>%1 waiting behind it</source>
        <translation>%1 warten dahinter</translation>
    </message>
    <message>
        <source>in a deadlock that the server has not broken yet</source>
        <translation>in einer Verklemmung, die der Server noch nicht aufgelöst hat</translation>
    </message>
    <message>
        <source>ends with ROLLBACK PREPARED or COMMIT PREPARED in its database</source>
        <translation>endet mit ROLLBACK PREPARED oder COMMIT PREPARED in ihrer Datenbank</translation>
    </message>
    <message>
        <source>Cancel statement…</source>
        <translation>Anweisung abbrechen …</translation>
    </message>
    <message>
        <source>Terminate…</source>
        <translation>Beenden …</translation>
    </message>
    <message>
        <source>Open psql here</source>
        <translation>psql hier öffnen</translation>
    </message>
    <message>
        <source>Chosen sessions</source>
        <translation>Gewählte Sitzungen</translation>
    </message>
    <message>
        <source>Statement, literals redacted</source>
        <translation>Anweisung, Literale geschwärzt</translation>
    </message>
    <message>
        <source>Choose sessions to see their statements and to end them.</source>
        <translation>Wählen Sie Sitzungen, um ihre Anweisungen zu sehen und sie zu beenden.</translation>
    </message>
    <message>
        <source>Our role may not see this session, and cannot name it to end it.</source>
        <translation>Unsere Rolle darf diese Sitzung nicht sehen und kann sie zum Beenden nicht benennen.</translation>
    </message>
    <message>
        <source>This is no session that could be cancelled or terminated.</source>
        <translation>Das ist keine Sitzung, die abgebrochen oder beendet werden könnte.</translation>
    </message>
    <message>
        <source>%1 of them cannot be ended</source>
        <translation>%1 davon lassen sich nicht beenden</translation>
    </message>
    <message>
        <source>Choose one session</source>
        <translation>Wählen Sie eine Sitzung</translation>
    </message>
    <message>
        <source>A psql on the instance of the session, in a terminal</source>
        <translation>Ein psql auf der Instanz der Sitzung, in einem Terminal</translation>
    </message>
    <message>
        <source>No psql: %1</source>
        <translation>Kein psql: %1</translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>%1 sessions chosen</source>
        <translation>%1 Sitzungen gewählt</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::SessionsDelegate</name>
    <message>
        <source>not permitted</source>
        <translation>nicht erlaubt</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::SessionsPage</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Laufend</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Blocking</source>
        <translation>Blockierend</translation>
    </message>
    <message>
        <source>Lock tree</source>
        <translation>Sperrbaum</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Filter of the sessions</source>
        <translation>Filter der Sitzungen</translation>
    </message>
    <message>
        <source>instance, pid, role, application, statement</source>
        <translation>Instanz, PID, Rolle, Anwendung, Anweisung</translation>
    </message>
    <message>
        <source>Back (Esc)</source>
        <translation>Zurück (Esc)</translation>
    </message>
    <message>
        <source>Export of the sessions</source>
        <translation>Export der Sitzungen</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Which sessions</source>
        <translation>Welche Sitzungen</translation>
    </message>
    <message>
        <source>Key %1</source>
        <translation>Taste %1</translation>
    </message>
    <message>
        <source>Columns of the sessions</source>
        <translation>Spalten der Sitzungen</translation>
    </message>
    <message>
        <source>1 server</source>
        <translation>1 Server</translation>
    </message>
    <message>
        <source>%1 servers</source>
        <translation>%1 Server</translation>
    </message>
    <message>
        <source>read %1</source>
        <translation>gelesen %1</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>Reading the sessions of every server</source>
        <translation>Die Sitzungen aller Server werden gelesen</translation>
    </message>
    <message>
        <source>No server tells its sessions.</source>
        <translation>Kein Server nennt seine Sitzungen.</translation>
    </message>
    <message>
        <source>No session matches “%1” here.</source>
        <translation>Keine Sitzung passt hier zu „%1“.</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Nobody waits for a lock.</source>
        <translation>Niemand wartet auf eine Sperre.</translation>
    </message>
    <message>
        <source>No session is in this state.</source>
        <translation>Keine Sitzung ist in diesem Zustand.</translation>
    </message>
    <message>
        <source>%1 runs out of connections in %2 at the present growth.</source>
        <translation>%1 hat beim jetzigen Wachstum in %2 keine Verbindungen mehr.</translation>
    </message>
    <message>
        <source>%1 of %2 are in use. Sessions can be ended here also when none is left.</source>
        <translation>%1 von %2 sind belegt. Sitzungen lassen sich hier auch dann beenden, wenn keine mehr frei ist.</translation>
    </message>
    <message>
        <source>%1 does not tell its sessions.</source>
        <translation>%1 nennt seine Sitzungen nicht.</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>%1 of %2 servers do not tell their sessions.</source>
        <translation>%1 von %2 Servern nennen ihre Sitzungen nicht.</translation>
    </message>
    <message>
        <source>Sessions of other roles are hidden on 1 server.</source>
        <translation>Sitzungen anderer Rollen sind auf 1 Server verborgen.</translation>
    </message>
    <message>
        <source>Sessions of other roles are hidden on %1 servers.</source>
        <translation>Sitzungen anderer Rollen sind auf %1 Servern verborgen.</translation>
    </message>
    <message>
        <source>The role needs pg_read_all_stats: %1</source>
        <translation>Die Rolle braucht pg_read_all_stats: %1</translation>
    </message>
    <message>
        <source>PRODUCTION</source>
        <translation>PRODUKTION</translation>
    </message>
    <message>
        <source>No psql was opened.</source>
        <translation>Es wurde kein psql geöffnet.</translation>
    </message>
    <message>
        <source>No sessions were recorded at this moment.</source>
        <translation>Zu diesem Zeitpunkt wurden keine Sitzungen aufgezeichnet.</translation>
    </message>
    <message>
        <source>They are while something is wrong with a server that answers.</source>
        <translation>Das geschieht, solange mit einem Server, der antwortet, etwas nicht stimmt.</translation>
    </message>
    <message>
        <source>A recording is shown: no session can be ended in it.</source>
        <translation>Eine Aufzeichnung wird gezeigt: Darin lässt sich keine Sitzung beenden.</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::SettingsTab</name>
    <message>
        <source>Settings that differ</source>
        <translation>Abweichende Einstellungen</translation>
    </message>
    <message>
        <source>Reading the settings of the fleet.</source>
        <translation>Die Einstellungen der Flotte werden gelesen.</translation>
    </message>
    <message>
        <source>There is no other server to compare with.</source>
        <translation>Es gibt keinen anderen Server zum Vergleichen.</translation>
    </message>
    <message>
        <source>No setting differs from the rest of the fleet.</source>
        <translation>Keine Einstellung weicht vom Rest der Flotte ab.</translation>
    </message>
    <message>
        <source>Nothing waits for a restart.</source>
        <translation>Nichts wartet auf einen Neustart.</translation>
    </message>
    <message>
        <source>from pg_settings, compared with 1 other of its role</source>
        <translation>aus pg_settings, verglichen mit 1 anderen gleicher Rolle</translation>
    </message>
    <message>
        <source>from pg_settings, compared with %1 others of its role</source>
        <translation>aus pg_settings, verglichen mit %1 anderen gleicher Rolle</translation>
    </message>
    <message>
        <source>%1 without an answer</source>
        <translation>%1 ohne Antwort</translation>
    </message>
    <message>
        <source>%1 differ</source>
        <translation>%1 abweichend</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::Sidebar</name>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>Instanzen</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Moves</source>
        <translation>Umzüge</translation>
    </message>
    <message>
        <source>Workbench</source>
        <translation>Werkbank</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::SidebarButton</name>
    <message>
        <source>%1 (Ctrl+%2)</source>
        <translation>%1 (Strg+%2)</translation>
    </message>
    <message>
        <source>1 server stands out</source>
        <translation>1 Server fällt auf</translation>
    </message>
    <message>
        <source>%1 servers stand out</source>
        <translation>%1 Server fallen auf</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::SignalDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel statements</source>
        <translation>Anweisungen abbrechen</translation>
    </message>
    <message>
        <source>Terminate sessions</source>
        <translation>Sitzungen beenden</translation>
    </message>
    <message>
        <source>Cancel the statement of 1 session</source>
        <translation>Anweisung von 1 Sitzung abbrechen</translation>
    </message>
    <message>
        <source>Terminate 1 session</source>
        <translation>1 Sitzung beenden</translation>
    </message>
    <message>
        <source>Cancel the statements of %1 sessions</source>
        <translation>Anweisungen von %1 Sitzungen abbrechen</translation>
    </message>
    <message>
        <source>Terminate %1 sessions</source>
        <translation>%1 Sitzungen beenden</translation>
    </message>
    <message>
        <source>The running statement of each ends with an error; the session stays, and its transaction waits for a rollback. Each statement below matches pid and start: no other session is touched.</source>
        <translation>Die laufende Anweisung endet jeweils mit einem Fehler; die Sitzung bleibt, und ihre Transaktion wartet auf das Zurückrollen. Jede Anweisung unten prüft PID und Beginn: Keine andere Sitzung ist betroffen.</translation>
    </message>
    <message>
        <source>Their transactions are rolled back and their clients are disconnected; this cannot be undone. Each statement below matches pid and start: no other session is touched.</source>
        <translation>Ihre Transaktionen werden zurückgerollt und ihre Clients getrennt; das lässt sich nicht rückgängig machen. Jede Anweisung unten prüft PID und Beginn: Keine andere Sitzung ist betroffen.</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>who</source>
        <translation>wer</translation>
    </message>
    <message>
        <source>does</source>
        <translation>tut</translation>
    </message>
    <message>
        <source>outcome</source>
        <translation>Ausgang</translation>
    </message>
    <message>
        <source>Statements that are sent</source>
        <translation>Anweisungen, die gesendet werden</translation>
    </message>
    <message>
        <source>equivalent: %1</source>
        <translation>entspricht: %1</translation>
    </message>
    <message>
        <source>type %1</source>
        <translation>%1 eingeben</translation>
    </message>
    <message>
        <source>Name of the cluster, to confirm</source>
        <translation>Name des Clusters, zur Bestätigung</translation>
    </message>
    <message>
        <source>It could not be written to the journal: %1</source>
        <translation>Es konnte nicht ins Journal geschrieben werden: %1</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1 of %2 statements have ended.</source>
        <translation>%1 von %2 Anweisungen sind beendet.</translation>
    </message>
    <message>
        <source>%1 of %2 sessions are gone.</source>
        <translation>%1 von %2 Sitzungen sind weg.</translation>
    </message>
    <message>
        <source>Waiting for %1.</source>
        <translation>Es wird auf %1 gewartet.</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::SizesTab</name>
    <message>
        <source>Sizes of what</source>
        <translation>Größen wovon</translation>
    </message>
    <message>
        <source>Logical shards</source>
        <translation>Logische Shards</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>Indexes</source>
        <translation>Indizes</translation>
    </message>
    <message>
        <source>Measuring tables and indexes of %1.</source>
        <translation>Tabellen und Indizes von %1 werden gemessen.</translation>
    </message>
    <message>
        <source>No logical shard is placed here.</source>
        <translation>Hier liegt kein logischer Shard.</translation>
    </message>
    <message>
        <source>There is no table in this database.</source>
        <translation>In dieser Datenbank gibt es keine Tabelle.</translation>
    </message>
    <message>
        <source>There is no index in this database.</source>
        <translation>In dieser Datenbank gibt es keinen Index.</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::SpanDialog</name>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Beginning of the span</source>
        <translation>Beginn des Zeitraums</translation>
    </message>
    <message>
        <source>End of the span</source>
        <translation>Ende des Zeitraums</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::StatementsTab</name>
    <message>
        <source>Statements</source>
        <translation>Anweisungen</translation>
    </message>
    <message>
        <source>Time counted</source>
        <translation>Gezählte Zeit</translation>
    </message>
    <message>
        <source>Only here, or everywhere?</source>
        <translation>Nur hier oder überall?</translation>
    </message>
    <message>
        <source>Copy statement</source>
        <translation>Anweisung kopieren</translation>
    </message>
    <message>
        <source>The last minutes</source>
        <translation>Die letzten Minuten</translation>
    </message>
    <message>
        <source>Since the statistics were reset</source>
        <translation>Seit dem Zurücksetzen der Statistik</translation>
    </message>
    <message>
        <source>Since reset</source>
        <translation>Seit Zurücksetzen</translation>
    </message>
    <message>
        <source>Reading the statements of the fleet.</source>
        <translation>Die Anweisungen der Flotte werden gelesen.</translation>
    </message>
    <message>
        <source>The first window is being measured.</source>
        <translation>Das erste Fenster wird gemessen.</translation>
    </message>
    <message>
        <source>It takes two readings, some seconds apart. “Since reset” shows what was counted before.</source>
        <translation>Es braucht zwei Messungen im Abstand einiger Sekunden. „Seit Zurücksetzen“ zeigt, was davor gezählt wurde.</translation>
    </message>
    <message>
        <source>No statement ran in this time.</source>
        <translation>In dieser Zeit lief keine Anweisung.</translation>
    </message>
    <message>
        <source>Choose a statement to see it on every instance.</source>
        <translation>Eine Anweisung wählen, um sie auf jeder Instanz zu sehen.</translation>
    </message>
    <message>
        <source>Statements are not counted here.</source>
        <translation>Anweisungen werden hier nicht gezählt.</translation>
    </message>
    <message>
        <source>The database has no extension pg_stat_statements: name it in shared_preload_libraries, restart, then CREATE EXTENSION pg_stat_statements.</source>
        <translation>Der Datenbank fehlt die Erweiterung pg_stat_statements: in shared_preload_libraries nennen, neu starten, dann CREATE EXTENSION pg_stat_statements.</translation>
    </message>
    <message>
        <source>The role may not see the statements of others: granting pg_monitor to it shows them.</source>
        <translation>Die Rolle darf die Anweisungen anderer nicht sehen: pg_monitor zu gewähren zeigt sie.</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::StatusLine</name>
    <message>
        <source>equivalent:</source>
        <translation>entspricht:</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>nur lesend</translation>
    </message>
    <message>
        <source>This window changes nothing on any server.</source>
        <translation>Dieses Fenster ändert auf keinem Server etwas.</translation>
    </message>
    <message>
        <source>Copy the equivalent command</source>
        <translation>Den entsprechenden Befehl kopieren</translation>
    </message>
    <message>
        <source>%1
A click copies it.</source>
        <translation>%1
Ein Klick kopiert ihn.</translation>
    </message>
    <message>
        <source>Command copied</source>
        <translation>Befehl kopiert</translation>
    </message>
    <message>
        <source>no cluster</source>
        <translation>kein Cluster</translation>
    </message>
    <message>
        <source>no sample yet</source>
        <translation>noch keine Messung</translation>
    </message>
    <message>
        <source>sample %1: %2 of %3 in %4</source>
        <translation>Messung %1: %2 von %3 in %4</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::StripChart</name>
    <message>
        <source>Strip of all instances</source>
        <translation>Streifen aller Instanzen</translation>
    </message>
    <message>
        <source>median %1</source>
        <translation>Median %1</translation>
    </message>
    <message>
        <source>No server has this figure</source>
        <translation>Kein Server hat diese Größe</translation>
    </message>
    <message>
        <source>median %1, band ± 3 MAD (to %2)</source>
        <translation>Median %1, Band ± 3 MAD (bis %2)</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>kein Wert</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1, %2: %3</translation>
    </message>
    <message>
        <source>No sample yet</source>
        <translation>Noch keine Messung</translation>
    </message>
    <message>
        <source>No server tells %1 now</source>
        <translation>Kein Server nennt %1 zur Zeit</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::TenantsTab</name>
    <message>
        <source>Tenants or shards</source>
        <translation>Mandanten oder Shards</translation>
    </message>
    <message>
        <source>Tenants</source>
        <translation>Mandanten</translation>
    </message>
    <message>
        <source>Logical shards</source>
        <translation>Logische Shards</translation>
    </message>
    <message>
        <source>Reading the tenants of %1.</source>
        <translation>Die Mandanten von %1 werden gelesen.</translation>
    </message>
    <message>
        <source>No sharded table is here.</source>
        <translation>Hier ist keine geshardete Tabelle.</translation>
    </message>
    <message>
        <source>Statistics of the shard key need SELECT on it: grant it to this console&apos;s role.</source>
        <translation>Die Statistik des Shard-Schlüssels braucht SELECT darauf: der Rolle dieser Konsole gewähren.</translation>
    </message>
    <message>
        <source>Its tables have not been analysed: ANALYZE makes the statistics.</source>
        <translation>Die Tabellen haben keine Statistik: ANALYZE erstellt sie.</translation>
    </message>
    <message>
        <source>No tenant stands out.</source>
        <translation>Kein Mandant fällt auf.</translation>
    </message>
    <message>
        <source>No logical shard is placed here.</source>
        <translation>Hier liegt kein logischer Shard.</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::TrayIcon</name>
    <message>
        <source>%1: no alert</source>
        <translation>%1: kein Alarm</translation>
    </message>
    <message>
        <source>%1: 1 alert</source>
        <translation>%1: 1 Alarm</translation>
    </message>
    <message>
        <source>%1: %2 alerts</source>
        <translation>%1: %2 Alarme</translation>
    </message>
</context>
<context>
    <name>shardhelm::ui::WorstPanel</name>
    <message>
        <source>Show instance</source>
        <translation>Instanz zeigen</translation>
    </message>
    <message>
        <source>Copy facts</source>
        <translation>Angaben kopieren</translation>
    </message>
    <message>
        <source>Worst right now</source>
        <translation>Jetzt am schlechtesten</translation>
    </message>
    <message>
        <source>Stands out</source>
        <translation>Fällt auf</translation>
    </message>
    <message>
        <source>since %1 · rank held %2</source>
        <translation>seit %1 · Rang gehalten %2</translation>
    </message>
    <message>
        <source>1 logical shard cannot be reached.</source>
        <translation>1 logischer Shard ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>%1 logical shards cannot be reached.</source>
        <translation>%1 logische Shards sind nicht erreichbar.</translation>
    </message>
    <message>
        <source>Nothing wrong</source>
        <translation>Alles in Ordnung</translation>
    </message>
    <message>
        <source>All %1 servers are healthy</source>
        <translation>Alle %1 Server sind gesund</translation>
    </message>
    <message>
        <source>No outlier in the last sample.</source>
        <translation>Kein Ausreißer in der letzten Messung.</translation>
    </message>
    <message>
        <source>Highest p99: %1, %2</source>
        <translation>Höchster p99: %1, %2</translation>
    </message>
    <message>
        <source>, %1 the median. Under 2× is no outlier.</source>
        <translation>, %1 der Median. Unter 2× ist kein Ausreißer.</translation>
    </message>
    <message>
        <source>Open sessions</source>
        <translation>Sitzungen öffnen</translation>
    </message>
</context>
</TS>
