package io.freshet.gateway.multipart;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.gateway.problem.Quoted;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The head of a part of a form. Harmless labels are ignored: a charset, a media type, a size. */
final class PartHead {
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Set<String> AS_IT_IS = Set.of("", "binary", "8bit", "7bit");

    private final int number;
    private final Map<String, String> headers = new HashMap<>();
    private final HeaderValue disposition;

    /**
     * Fails with MALFORMED if the lines are no head of a form's part.
     *
     * @param number counted from 1
     */
    PartHead(int number, List<String> lines) {
        this.number = number;
        String last = "";
        for (String line : lines) {
            boolean continued = line.startsWith(" ") || line.startsWith("\t");
            last = continued ? last : nameOf(line);
            String value = line.substring(continued ? 0 : line.indexOf(':') + 1).strip();
            headers.merge(last, value, (before, more) -> before + (continued ? " " : ", ") + more);
        }
        this.disposition = HeaderValue.parse(headers.get("content-disposition"));
        refuseWhatWouldNotBeRead();
    }

    private String nameOf(String line) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon).strip();
        if (!HEADER_NAME.matcher(name).matches()) {
            throw bad("has a line in its head that is no header, '" + Quoted.printable(line)
                    + "': an empty line ends the head");
        }
        return name.toLowerCase(Locale.ROOT);
    }

    private void refuseWhatWouldNotBeRead() {
        if (name().isEmpty() && fileName().isEmpty()) {
            throw bad("has no name: it needs a head like Content-Disposition: form-data; name=\"file\";"
                    + " filename=\"lines.jsonl\"");
        }
        String transfer = header("content-transfer-encoding").toLowerCase(Locale.ROOT);
        if (!AS_IT_IS.contains(transfer)) {
            throw bad("has the Content-Transfer-Encoding '" + Quoted.printable(transfer)
                    + "': send the bytes as they are (binary)");
        }
        String type = HeaderValue.parse(header("content-type")).value();
        if (type.startsWith("multipart/")) {
            throw bad("is a " + Quoted.printable(type) + " itself: send each file as a part of the form");
        }
    }

    String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, "");
    }

    Optional<String> name() {
        return disposition.parameter("name");
    }

    /** Empty text: the file that was not chosen in a browser. */
    Optional<String> fileName() {
        return disposition.parameters().keySet().stream()
                .filter(name -> name.equals("filename") || name.startsWith("filename*"))
                .sorted()
                .findFirst()
                .flatMap(disposition::parameter);
    }

    private Permanent bad(String what) {
        return new Permanent(FailureCode.MALFORMED, "Part " + number + " of the form " + what);
    }
}
