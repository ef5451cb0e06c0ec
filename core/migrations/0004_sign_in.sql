-- Signing in with a password, by way of an application (OAuth 2.0, authorization code).

-- Where an application may have people sent back to; compared exactly.
create table application_redirects (
    application_id bytea not null references applications (id),
    uri text not null,
    primary key (application_id, uri)
);

-- One sign-in: somebody lets an application act for them. All that it gives is revoked together.
create table sign_ins (
    id bytea not null primary key,
    application_id bytea not null references applications (id),
    identity_id bytea not null references identities (id),
    -- The one organization that it was made for; where there is none, every one of the application's.
    organization_id bigint references organizations (id),
    redirect_uri text not null,
    code_hash bytea not null unique,
    -- The SHA-256 that the code's verifier must have (RFC 7636), where the client sent one.
    code_challenge bytea,
    code_expires_at bigint not null,
    code_used_at bigint,
    created_at bigint not null,
    revoked_at bigint
);

create index sign_ins_application on sign_ins (application_id, code_expires_at);
create index sign_ins_identity on sign_ins (identity_id);

-- Used ones stay until they would have ended, so that using one again is noticed.
create table refresh_tokens (
    secret_hash bytea not null primary key,
    sign_in_id bytea not null references sign_ins (id),
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint
);

create index refresh_tokens_sign_in on refresh_tokens (sign_in_id);

alter table tokens add column sign_in_id bytea references sign_ins (id);

create index tokens_sign_in on tokens (sign_in_id) where sign_in_id is not null;
