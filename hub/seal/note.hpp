/// C2SP signed notes with Ed25519 keys (c2sp.org/signed-note): a text that ends in a line end, an empty line, and
/// one signature line. Thread-safe.
#pragma once

#include "hub/model/result.hpp"
#include "hub/model/time.hpp"
#include "hub/ports/keys.hpp"

#include <string>
#include <string_view>

namespace lienthong::seal {

/// Whose note it is: the key's name, which in a log is its origin, and its public half.
struct NoteVerifier
{
    std::string name;        ///< Visible ASCII without '+'.
    std::string public_key;  ///< 32 raw bytes.

    friend bool operator==(const NoteVerifier&, const NoteVerifier&) = default;
};

/// True for names a note key may have here: visible ASCII without '+', at most 200 bytes.
[[nodiscard]] bool is_note_name(std::string_view name);

using lienthong::to_text;
/// "<name>+<8 hex digits>+<base64(0x01 ‖ public key)>".
[[nodiscard]] std::string to_text(const NoteVerifier& verifier);
/// Reads it back, with or without a line end. Fails with: seal.key_malformed.
[[nodiscard]] Result<NoteVerifier> note_verifier_from(std::string_view text);

/// `body`, an empty line and the signature line. Throws std::invalid_argument for a body that does not end in a
/// line end or a name that is none. Fails with: seal.key_failed.
[[nodiscard]] Result<std::string> sign_note(std::string_view body, std::string_view name, const NoteKey& key);

/// The body, if the note has exactly one signature line and it is this verifier's.
/// Fails with: seal.note_malformed, seal.note_signature.
[[nodiscard]] Result<std::string> open_note(std::string_view note, const NoteVerifier& verifier);

/// The body without looking at the signature: only for notes the hub keeps itself. Fails with: seal.note_malformed.
[[nodiscard]] Result<std::string> note_body(std::string_view note);

}  // namespace lienthong::seal
