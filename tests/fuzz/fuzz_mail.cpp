/// Fuzz target: any bytes as a mail. What is cut out of it lies inside of it, and every name is UTF-8 that leads nowhere.
#include "plugins/mail/parts.hpp"
#include "plugins/mail/sender.hpp"
#include "tests/fuzz/promise.hpp"

#include <functional>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using fuzz::require;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto entity = mail::read_entity(input);
    if (!entity)
        return 0;
    if (const auto from = mail::from_of(*entity))
        require(mail::is_address(*from), "a sender is an address", *from);
    (void)mail::is_authenticated(*entity, "mx.test", "a@so.test");
    const std::string subject = mail::decoded_words(entity->field("subject"));
    require(mail::tidy_utf8(subject) == subject, "a subject is UTF-8", subject);
    const mail::CutMail cut = mail::cut_mail(*entity);
    require(cut.pieces.size() <= mail::most_pieces, "there are not too many parts");
    const auto lies_in = [](std::string_view piece, std::string_view whole) {
        return std::less_equal<>()(whole.data(), piece.data()) && std::less_equal<>()(piece.data() + piece.size(), whole.data() + whole.size());
    };
    for (const mail::Piece& piece : cut.pieces) {
        require(mail::tidy_utf8(piece.name) == piece.name && piece.name.size() <= mail::longest_name, "a name is short UTF-8", piece.name);
        require(piece.name.find_first_of("/\\\r\n") == std::string::npos, "a name leads nowhere", piece.name);
        bool inside = piece.raw.empty() || lies_in(piece.raw, input);
        for (const std::string& opened : cut.opened)
            inside = inside || lies_in(piece.raw, opened);
        require(inside, "a part lies inside of the mail");
        if (const auto bytes = mail::decode_transfer(piece.raw, piece.encoding))
            require(bytes->size() <= piece.raw.size() * 2, "nothing grows", piece.raw);
    }
    return 0;
}
