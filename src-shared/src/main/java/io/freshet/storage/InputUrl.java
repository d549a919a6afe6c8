package io.freshet.storage;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * A blob's URL as sent by a client, split into what it names and what grants access.
 *
 * @param place without query
 * @param version the query that names a snapshot or a version of the blob, or ""
 * @param sas the rest of the query, if it contains a signature
 */
public record InputUrl(URI place, String version, Secret sas) {
    private static final String FORM = "must be https://<host>/<container>/<blob>";
    private static final String SNAPSHOT = "snapshot";
    private static final String VERSION = "versionid";
    private static final String SIGNATURE = "sig";
    private static final String PERMISSIONS = "sp";
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,7})?Z");

    /** Parameters of a SAS for a blob, a container or a directory; any other would change the request. */
    private static final Set<String> SAS = Set.of(
            "sv",
            "st",
            "se",
            "spr",
            "sip",
            "sr",
            "si",
            PERMISSIONS,
            SIGNATURE,
            "sdd",
            "ses",
            "skoid",
            "sktid",
            "skt",
            "ske",
            "sks",
            "skv",
            "saoid",
            "suoid",
            "scid",
            "skdutid",
            "sduoid",
            "srh",
            "srq",
            "rscc",
            "rscd",
            "rsce",
            "rscl",
            "rsct");

    /** Parameters of a SAS for a whole account. */
    private static final List<String> ACCOUNT_SAS = List.of("ss", "srt");

    /**
     * Parses a URL. Fails with ADDRESS_REFUSED; the message continues a sentence about the URL, says what is wrong and
     * never quotes a value.
     */
    public static InputUrl parse(String text) {
        URI url = uri(text);
        Map<String, String> query = query(Optional.ofNullable(url.getRawQuery()).orElse(""));
        URI place = URI.create(text.split("\\?", 2)[0]);
        String version = version(query);
        query.keySet().removeAll(Set.of(SNAPSHOT, VERSION));
        return new InputUrl(place, version, sas(query));
    }

    /** The URL without its SAS, for places that everybody may read. */
    public String named() {
        return version.isEmpty() ? place.toString() : place + "?" + version;
    }

    private static URI uri(String text) {
        try {
            URI url = new URI(text);
            boolean complete = url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null;
            if (complete) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw refused("is not a URL");
        }
        throw refused(FORM);
    }

    /** Raw pairs by decoded name in lower case, because services differ in whether names are case-sensitive. */
    private static Map<String, String> query(String raw) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
            String name = decoded(pair.split("=", 2)[0]).toLowerCase(Locale.ROOT);
            if (parameters.put(name, pair) != null) {
                throw refused("has " + quoted(name) + " twice in its query");
            }
        }
        return parameters;
    }

    private static String version(Map<String, String> query) {
        if (query.containsKey(SNAPSHOT) && query.containsKey(VERSION)) {
            throw refused("names a snapshot and a version: one of them will do");
        }
        String name = query.containsKey(SNAPSHOT) ? SNAPSHOT : VERSION;
        if (!query.containsKey(name)) {
            return "";
        }
        String time = value(query, name);
        if (!TIME.matcher(time).matches()) {
            throw refused("has a " + name + " that is no time such as 2026-11-27T10:00:00.0000000Z");
        }
        return name + "=" + time;
    }

    private static Secret sas(Map<String, String> query) {
        if (ACCOUNT_SAS.stream().anyMatch(query::containsKey)) {
            throw refused("has a SAS for an account: send one for the blob alone, to read it (sp=r)");
        }
        query.keySet().stream()
                .filter(name -> !(query.containsKey(SIGNATURE) && SAS.contains(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw refused("has " + quoted(name) + " in its query, which may have snapshot or versionid,"
                            + " and a SAS with its signature (sig)");
                });
        if (query.containsKey(PERMISSIONS) && !value(query, PERMISSIONS).equals("r")) {
            throw refused("has a SAS that does not just allow to read: send one for the blob alone, to read it (sp=r)");
        }
        StringJoiner token = new StringJoiner("&");
        query.values().forEach(token::add);
        return new Secret(token.toString());
    }

    private static String value(Map<String, String> query, String name) {
        String[] pair = String.valueOf(query.get(name)).split("=", 2);
        return pair.length == 1 ? "" : decoded(pair[1]);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw refused("is not a URL");
        }
    }

    /** A name may be anything, even a signature without its name; only what looks like a name is quoted. */
    private static String quoted(String name) {
        return name.matches("[a-z][a-z0-9_-]{0,15}") ? "'" + name + "'" : "something unknown";
    }

    private static Permanent refused(String what) {
        return new Permanent(FailureCode.ADDRESS_REFUSED, what);
    }
}
