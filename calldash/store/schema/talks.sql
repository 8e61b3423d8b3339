-- Who talked how much in stereo recordings. A row hangs on (system, id) and holds as long as the call has the recording.

CREATE TABLE IF NOT EXISTS talk_figures (
    system VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    recording VARCHAR NOT NULL,           -- as the call has it; empty where the file was found by its name
    agent_channel TINYINT NOT NULL,       -- 0 left, 1 right: the side the agent was taken to be on
    analysed_at TIMESTAMP NOT NULL,
    sha256 VARCHAR,                       -- of the audio; one file is listened to once, whatever calls share it
    why VARCHAR,                          -- why the figures are not known: mono, same, channels, no_speech, unreadable, missing
    channels INTEGER,
    duration_s DOUBLE,
    talk_s DOUBLE,                        -- from the first speech to the last
    agent_s DOUBLE,
    client_s DOUBLE,
    agent_share DOUBLE,
    silence_share DOUBLE,
    interruptions_by_agent INTEGER,
    interruptions_by_client INTEGER,
    longest_monologue_agent_s DOUBLE,
    longest_monologue_client_s DOUBLE
);

-- Calls whose recording has been listened to, with its figures.
CREATE OR REPLACE VIEW talk_rows AS
SELECT c.*, t.* EXCLUDE (system, id, recording, talk_s), t.talk_s AS spoken_s
FROM calls c JOIN talk_figures t ON t.system = c.system AND t.id = c.id AND t.recording = coalesce(c.recording, '');
