"""What headings mean: our own, what else is seen for them, and the headings of six other languages (intake: table)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from core.importing.derived_fields import DERIVED_FIELDS
from core.text.vocabulary import squeeze
from db.fields import FIELD, READ_FIELDS, Field

LANGUAGES: Mapping[str, Mapping[str, str]] = {
    "German": {
        "account_id": "Konto-ID, Kontonummer, Kunden-Nr, Kundennummer, Kunden-ID",
        "username": "Benutzername",
        "company": "Firma, Unternehmen",
        "first_name": "Vorname",
        "last_name": "Nachname",
        "email": "E-Mail, E-Mail-Adresse",
        "phone": "Telefon, Telefonnummer",
        "status": "Status",
        "plan_type": "Tarif",
        "list_size": "Kontakte, Listengröße, Listengroesse",
        "created_on": "Erstellt, Erstellt am",
        "last_login_on": "Letzte Anmeldung",
        "last_campaign_sent_on": "Letzte Kampagne",
        "cancelled_on": "Gekündigt am, Gekuendigt am",
        "cancel_reason": "Kündigungsgrund, Kuendigungsgrund",
    },
    "French": {
        "account_id": "ID compte, ID du compte, Numéro de compte",
        "username": "Nom d'utilisateur, Identifiant",
        "company": "Société, Entreprise",
        "first_name": "Prénom",
        "last_name": "Nom, Nom de famille",
        "email": "E-mail, Courriel",
        "phone": "Téléphone",
        "status": "Statut",
        "plan_type": "Forfait",
        "list_size": "Contacts, Taille de la liste",
        "created_on": "Créé le, Date de création",
        "last_login_on": "Dernière connexion",
        "last_campaign_sent_on": "Dernière campagne",
        "cancelled_on": "Résilié le, Date de résiliation",
        "cancel_reason": "Motif",
    },
    "Spanish": {
        "account_id": "ID de cuenta, Número de cuenta",
        "username": "Nombre de usuario, Usuario",
        "company": "Empresa, Organización",
        "first_name": "Nombre",
        "last_name": "Apellido, Apellidos",
        "email": "Correo electrónico",
        "phone": "Teléfono",
        "status": "Estado",
        "plan_type": "Plan",
        "list_size": "Contactos, Tamaño de la lista",
        "created_on": "Creado, Fecha de creación",
        "last_login_on": "Último acceso, Último inicio de sesión",
        "last_campaign_sent_on": "Última campaña",
        "cancelled_on": "Cancelado el, Fecha de cancelación",
        "cancel_reason": "Motivo",
    },
    "Portuguese": {
        "account_id": "ID da conta, Número da conta",
        "username": "Nome de usuário, Usuário",
        "company": "Empresa, Organización, Organização",
        "first_name": "Nome",
        "last_name": "Sobrenome",
        "email": "E-mail",
        "phone": "Telefone",
        "status": "Status",
        "plan_type": "Plano",
        "list_size": "Contatos, Tamanho da lista",
        "created_on": "Criado em, Data de criação",
        "last_login_on": "Último acesso, Último login",
        "last_campaign_sent_on": "Última campanha",
        "cancelled_on": "Cancelado em",
        "cancel_reason": "Motivo",
    },
    "Italian": {
        "account_id": "ID account, Numero account",
        "username": "Nome utente",
        "company": "Azienda, Società",
        "first_name": "Nome",
        "last_name": "Cognome",
        "email": "E-mail",
        "phone": "Telefono",
        "status": "Stato",
        "plan_type": "Piano",
        "list_size": "Contatti, Dimensione elenco",
        "created_on": "Creato il, Data di creazione",
        "last_login_on": "Ultimo accesso",
        "last_campaign_sent_on": "Ultima campagna",
        "cancelled_on": "Annullato il",
        "cancel_reason": "Motivo",
    },
    "Dutch": {
        "account_id": "Account-ID, Accountnummer",
        "username": "Gebruikersnaam",
        "company": "Bedrijf, Organisatie",
        "first_name": "Voornaam",
        "last_name": "Achternaam",
        "email": "E-mail",
        "phone": "Telefoon",
        "status": "Status",
        "plan_type": "Abonnement",
        "list_size": "Contacten, Lijstgrootte",
        "created_on": "Aangemaakt, Aanmaakdatum",
        "last_login_on": "Laatste login, Laatst ingelogd",
        "last_campaign_sent_on": "Laatste campagne",
        "cancelled_on": "Opgezegd op",
        "cancel_reason": "Reden",
    },
}
"""Headings by language and field. Words of statuses are not translated."""

_BRACKET = re.compile(r"\s*[(\[{][^()\[\]{}]*[)\]}]\s*[*:#]*$")
_SORTING = re.compile(
    r"[\s,:;.(\[|–—-]*\b(?:(?:activate|click|press|tap|select|use|toggle|enter|not|currently|this column)\b[^,:;]*)?"
    r"\b(?:un)?sort(?:ed|able|ing|s|ierbar|iert)?\b.*$"
    r"|[\s,:;.(\[|–—-]*\b(?:aktivieren|activer|activar|attiva|ativar|activeer|trier|ordenar|ordina|sorteren)\b.*$"
    r"|\s*\b(?:ascending|descending)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_SORT_BY = re.compile(r"^(?:click to )?(?:sort(?:ed)?(?: table)?(?: by)?|order by)[\s:]+", re.IGNORECASE)

_FIELDS = (*READ_FIELDS, *DERIVED_FIELDS)
_CANONICAL = {squeeze(known.title): known for known in _FIELDS}


def _bare(text: str) -> str:
    """Return a heading as it is compared, without accents: exporters of plain ASCII drop them."""
    return squeeze("".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)))


_KNOWN = {squeeze(name): known for known in _FIELDS for name in known.synonyms} | _CANONICAL
_FOREIGN: dict[str, dict[str, str]] = {}
"""By heading, and then by language: the field's key."""
for _language, _fields in LANGUAGES.items():
    for _key, _names in _fields.items():
        for _name in _names.split(", "):
            _FOREIGN.setdefault(_bare(_name), {})[_language] = _key


def heading_key(heading: str) -> str:
    """Return what two headings have in common when they are the same; one of signs only ("#") is itself."""
    return squeeze(unicodedata.normalize("NFC", heading)) or heading.strip()


def known_field(heading: str) -> Field | None:
    """Return the field that a heading names, if it names one; where languages disagree, that of the first."""
    return next(iter(_meanings(heading).values()), None)


def known_fields(headings: Iterable[str]) -> list[Field | None]:
    """Return the field of each heading of a file.

    Where one heading means two fields in two languages, the other headings decide the language.
    """
    found = [_meanings(heading) for heading in headings]
    spoken = Counter(language for meanings in found for language in meanings)
    fields = []
    for meanings in found:
        best = max(meanings, key=lambda language: spoken[language], default="")
        fields.append(meanings.get("", meanings.get(best)))
    return fields


def is_canonical(heading: str, known: Field) -> bool:
    """Return whether a heading is the title of its field, not another word for it."""
    return any(_CANONICAL.get(key) is known for key in _forms(heading))


@lru_cache(maxsize=4096)  # the first rows of a file are looked at under every delimiter
def _meanings(heading: str) -> Mapping[str, Field]:
    """Return what a heading means, by language; '' is English, which holds in every file."""
    for form in _forms(heading):
        if known := _KNOWN.get(form):
            return {"": known}
        if foreign := _FOREIGN.get(_bare(form)):
            return {language: FIELD[key] for language, key in foreign.items()}
    return {}


def _forms(heading: str) -> list[str]:
    """Return the keys under which a heading is looked up.

    As it stands; then without a bracket at its end, and without what tells a reader of a screen how to sort.
    """
    text = unicodedata.normalize("NFC", heading)
    forms = [text]
    for pattern in (_BRACKET, _SORTING, _SORT_BY):
        shorter = pattern.sub("", forms[-1]).strip()
        if shorter and shorter != forms[-1]:
            forms.append(shorter)
    return [key for form in forms if (key := squeeze(form))]
