package io.freshet.gateway.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** An issuer of tokens with one key, which a gateway can fetch while it answers. */
public final class Issuer implements AutoCloseable {
    static final String AUDIENCE = "api://freshet";
    private static final String KEY_ID = "one";

    private final KeyPair keys = pair();
    private final HttpServer server;
    private volatile boolean answers = true;

    Issuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/keys", exchange -> answer(exchange, keys()));
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, discovery()));
        server.start();
    }

    /** Whose tokens they are. */
    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void answers(boolean does) {
        answers = does;
    }

    private String discovery() {
        return "{\"issuer\":\"" + address() + "\",\"jwks_uri\":\"" + address() + "/keys\",\"token_endpoint\":\""
                + address() + "/token\",\"authorization_endpoint\":\"" + address() + "/authorize\"}";
    }

    private String keys() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"" + KEY_ID + "\",\"n\":\""
                + number(key.getModulus()) + "\",\"e\":\"" + number(key.getPublicExponent()) + "\"}]}";
    }

    private void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answers ? 200 : 503, answers ? body.length : -1);
        if (answers) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    /** A token that is right in every way. */
    String token(String subject, String... roles) {
        return token(keys, AUDIENCE, Duration.ofMinutes(5), claims(subject, roles));
    }

    String expired(String subject, String... roles) {
        return token(keys, AUDIENCE, Duration.ofMinutes(-5), claims(subject, roles));
    }

    String forOthers(String subject, String... roles) {
        return token(keys, "api://others", Duration.ofMinutes(5), claims(subject, roles));
    }

    /** Signed by somebody else in our name. */
    String forged(String subject, String... roles) {
        return token(pair(), AUDIENCE, Duration.ofMinutes(5), claims(subject, roles));
    }

    private static String claims(String subject, String... roles) {
        return "\"sub\":\"" + subject + "\",\"roles\":["
                + Arrays.stream(roles).map(role -> '"' + role + '"').collect(Collectors.joining(",")) + "]";
    }

    private String token(KeyPair signing, String audience, Duration lasting, String claims) {
        long now = Instant.now().getEpochSecond();
        String head = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + KEY_ID + "\"}";
        String body = "{\"iss\":\"" + address() + "\",\"aud\":\"" + audience + "\",\"iat\":" + (now - 600) + ",\"exp\":"
                + (now + lasting.toSeconds()) + "," + claims + "}";
        String signed = List.of(head, body).stream()
                .map(text -> encoded(text.getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining("."));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(signing.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.UTF_8));
            return signed + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return encoded(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
