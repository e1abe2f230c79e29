BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'partner-tui','accounts',datetime('now'));
INSERT INTO "_sqlite_migrations" VALUES(2,'partner-tui','imports',datetime('now'));
INSERT INTO "_sqlite_migrations" VALUES(3,'partner-tui','runs',datetime('now'));
INSERT INTO "_sqlite_migrations" VALUES(4,'partner-tui','mappings',datetime('now'));
INSERT INTO "_sqlite_migrations" VALUES(5,'partner-tui','lists',datetime('now'));
INSERT INTO "_sqlite_migrations" VALUES(6,'partner-tui','views',datetime('now'));
INSERT INTO "_sqlite_migrations" VALUES(7,'partner-tui','indexes',datetime('now'));
INSERT INTO "_sqlite_migrations" VALUES(8,'partner-tui','history',datetime('now'));
INSERT INTO "_sqlite_migrations" VALUES(9,'partner-tui','people',datetime('now'));
INSERT INTO "_sqlite_migrations" VALUES(10,'partner-tui','own_words',datetime('now'));
INSERT INTO "_sqlite_migrations" VALUES(11,'partner-tui','schedules',datetime('now'));
INSERT INTO "_sqlite_migrations" VALUES(12,'partner-tui','uploads',datetime('now'));
INSERT INTO "_sqlite_migrations" VALUES(13,'partner-tui','makers_of_own_fields',datetime('now'));
INSERT INTO "_sqlite_migrations" VALUES(14,'partner-tui','behind_sudo',datetime('now'));
INSERT INTO "_sqlite_migrations" VALUES(15,'partner-tui','contacts_of_exports',datetime('now'));
CREATE TABLE account_notes (id INTEGER PRIMARY KEY, account_id TEXT, username_fold TEXT, text TEXT NOT NULL, noted_on TEXT NOT NULL, noted_at TEXT NOT NULL, by TEXT);
CREATE TABLE accounts (pk INTEGER PRIMARY KEY, account_id TEXT, username TEXT, company TEXT, first_name TEXT, last_name TEXT, email TEXT, phone TEXT, relationship TEXT, status TEXT, plan_type TEXT, list_size INTEGER, created_on TEXT, first_payment_on TEXT, initial_upgrade_on TEXT, last_login_on TEXT, last_campaign_sent_on TEXT, campaigns_sent INTEGER, cancelled_on TEXT, cancel_reason TEXT, moved_out_on TEXT, moved_to TEXT, nab_status TEXT, account_id_key TEXT, username_key TEXT, company_key TEXT, first_name_key TEXT, last_name_key TEXT, email_key TEXT, phone_key TEXT, status_key TEXT, plan_type_key TEXT, cancel_reason_key TEXT, moved_to_key TEXT, nab_status_key TEXT, username_fold TEXT, added_by INTEGER, status_word TEXT, status_word_key TEXT, gone_on TEXT, last_seen_on TEXT);
CREATE TABLE changes (id INTEGER PRIMARY KEY, import_id INTEGER NOT NULL REFERENCES imports(id), account INTEGER NOT NULL, field TEXT NOT NULL, old, new);
CREATE TABLE export_contacts (email TEXT NOT NULL, export INTEGER NOT NULL REFERENCES list_exports(id), PRIMARY KEY (email, export)) WITHOUT ROWID;
CREATE TABLE "imports" (
   "id" INTEGER PRIMARY KEY,
   "file" TEXT NOT NULL,
   "imported_at" TEXT NOT NULL,
   "read" INTEGER,
   "new" INTEGER,
   "changed" INTEGER,
   "same" INTEGER,
   "returned" INTEGER,
   "rejected" INTEGER,
   "undone_at" TEXT
, dated TEXT, complete TEXT, source TEXT NOT NULL DEFAULT 'file', by TEXT, sudo_by TEXT, gone INTEGER NOT NULL DEFAULT 0, passed_over INTEGER NOT NULL DEFAULT 0, notes TEXT, rejected_rows TEXT, headings TEXT, undone_by TEXT);
CREATE TABLE list_contacts (list TEXT NOT NULL, email TEXT NOT NULL, PRIMARY KEY (list, email)) WITHOUT ROWID;
CREATE TABLE "list_exports" (
   "id" INTEGER PRIMARY KEY,
   "list" TEXT NOT NULL,
   "purpose" TEXT NOT NULL,
   "exported_at" TEXT NOT NULL,
   "path" TEXT,
   "contacts" INTEGER NOT NULL,
   "left_out" INTEGER NOT NULL
, by TEXT, vendor_list TEXT, sudo_by TEXT);
CREATE TABLE list_members (list INTEGER NOT NULL REFERENCES lists(id), account_id TEXT, username_fold TEXT);
CREATE TABLE "lists" (
   "id" INTEGER PRIMARY KEY,
   "name" TEXT NOT NULL,
   "name_fold" TEXT NOT NULL,
   "given" TEXT NOT NULL,
   "is_selection" INTEGER NOT NULL,
   "made_at" TEXT NOT NULL,
   "deleted_at" TEXT
);
CREATE TABLE "mappings" (
   "name" TEXT PRIMARY KEY,
   "choices" TEXT
);
CREATE TABLE own_fields (key TEXT PRIMARY KEY, title TEXT NOT NULL, kind TEXT NOT NULL, made_at TEXT NOT NULL, import_id INTEGER);
CREATE TABLE "runs" (
   "id" INTEGER PRIMARY KEY,
   "report" TEXT NOT NULL,
   "parameters" TEXT,
   "as_of" TEXT,
   "format" TEXT,
   "path" TEXT,
   "row_count" INTEGER,
   "started_at" TEXT NOT NULL,
   "ended_at" TEXT,
   "outcome" TEXT NOT NULL,
   "message" TEXT,
   "pid" INTEGER
, by TEXT, host TEXT, schedule TEXT, sudo_by TEXT);
CREATE TABLE schedules (name TEXT PRIMARY KEY, calendar TEXT NOT NULL, command TEXT NOT NULL, output TEXT, mail_to TEXT, only_if_rows INTEGER NOT NULL DEFAULT 0, only_if_changed INTEGER NOT NULL DEFAULT 0, max_age INTEGER, made_by TEXT, made_at TEXT NOT NULL, last_digest TEXT, last_run_at TEXT, last_outcome TEXT, last_message TEXT, written TEXT, sudo_by TEXT);
CREATE TABLE stars (account_id TEXT, username_fold TEXT, starred_at TEXT NOT NULL, by TEXT);
CREATE TABLE status_words (word_key TEXT PRIMARY KEY, word TEXT NOT NULL, letter TEXT NOT NULL);
CREATE TABLE upload_contacts (upload INTEGER NOT NULL REFERENCES uploads(id), part INTEGER NOT NULL, email TEXT NOT NULL, PRIMARY KEY (upload, part, email)) WITHOUT ROWID;
CREATE TABLE upload_parts (upload INTEGER NOT NULL REFERENCES uploads(id), part INTEGER NOT NULL, file TEXT NOT NULL, contacts INTEGER NOT NULL, state TEXT NOT NULL, activity_id TEXT, is_recorded INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (upload, part)) WITHOUT ROWID;
CREATE TABLE uploads (id INTEGER PRIMARY KEY, list TEXT NOT NULL, encoded_account_id TEXT NOT NULL, vendor_list TEXT NOT NULL, begun_at TEXT NOT NULL, by TEXT NOT NULL, host TEXT NOT NULL, pid INTEGER NOT NULL, left_out INTEGER NOT NULL);
CREATE TABLE views (report TEXT, name_fold TEXT, by TEXT NOT NULL DEFAULT '', name TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (report, name_fold, by));
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE UNIQUE INDEX lists_by_name ON lists (name_fold) WHERE deleted_at IS NULL;
CREATE INDEX list_members_by_list ON list_members (list);
CREATE INDEX list_exports_by_list ON list_exports (list);
CREATE UNIQUE INDEX changes_by_import ON changes (import_id, account, field);
CREATE INDEX changes_by_account ON changes (account, import_id);
CREATE INDEX account_notes_by_account ON account_notes (account_id, username_fold);
CREATE INDEX stars_by_account ON stars (account_id, username_fold);
CREATE INDEX uploads_by_list ON uploads (list, encoded_account_id);
CREATE INDEX accounts_by_cancel ON accounts (cancelled_on) WHERE cancelled_on IS NOT NULL;
CREATE INDEX accounts_by_company ON accounts (coalesce(company_key, company) IS NULL, coalesce(company_key, company) COLLATE NOCASE, coalesce(account_id_key, account_id) IS NULL, coalesce(account_id_key, account_id) COLLATE NOCASE);
CREATE INDEX accounts_by_gone ON accounts (gone_on) WHERE gone_on IS NOT NULL;
CREATE INDEX accounts_by_move_out ON accounts (moved_out_on) WHERE moved_out_on IS NOT NULL;
CREATE INDEX accounts_by_status_word ON accounts (status_word) WHERE status_word IS NOT NULL;
CREATE INDEX accounts_by_upgrade ON accounts (initial_upgrade_on) WHERE initial_upgrade_on IS NOT NULL;
CREATE INDEX accounts_by_username ON accounts (username_fold) WHERE account_id IS NULL;
CREATE INDEX accounts_for_details ON accounts (relationship, status, coalesce(company_key, company) IS NULL, coalesce(company_key, company) COLLATE NOCASE, coalesce(account_id_key, account_id) IS NULL, coalesce(account_id_key, account_id) COLLATE NOCASE, pk, moved_out_on, moved_to, gone_on);
CREATE INDEX accounts_for_summary ON accounts (status, relationship, initial_upgrade_on, cancelled_on, moved_out_on, moved_to, gone_on);
CREATE UNIQUE INDEX accounts_by_id ON accounts (account_id) WHERE account_id IS NOT NULL;
COMMIT;
