package io.freshet.system.job;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import io.freshet.harness.storage.Azurite;
import io.freshet.system.cluster.Storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;

/** A storage account that is not Freshet's own, by https on {@code localhost}: a second emulator. */
final class ForeignAccount implements AutoCloseable {
    private static final String PASSWORD = "localhost";
    private static final String CONTAINER = "elsewhere";

    private final Azurite azurite;
    private final Path keyStore;

    /** @param directory where its certificate is kept */
    ForeignAccount(Path directory) {
        keyStore = certificate(directory.resolve("localhost.p12"));
        azurite = Azurite.secure(keyStore, PASSWORD);
    }

    /** Lets a Java service trust the certificate. */
    String trustedBy() {
        return "-Djavax.net.ssl.trustStore=" + keyStore + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD;
    }

    /** Its host and port, as its URLs have them. */
    String authority() {
        return "localhost:" + azurite.blobPort();
    }

    /** Puts a blob in; gives its URL. */
    String upload(String name, byte[] content) {
        blob(name).upload(BinaryData.fromBytes(content), true);
        return "https://" + authority() + "/" + Azurite.ACCOUNT + "/" + CONTAINER + "/" + name;
    }

    void delete(String name) {
        blob(name).delete();
    }

    /** A SAS to read the blob, for an hour. */
    String readSas(String name) {
        return blob(name)
                .generateSas(new BlobServiceSasSignatureValues(
                        OffsetDateTime.now().plusHours(1), new BlobSasPermission().setReadPermission(true)));
    }

    private BlobClient blob(String name) {
        String address = "https://127.0.0.1:" + azurite.blobPort() + "/" + Azurite.ACCOUNT;
        String account = "DefaultEndpointsProtocol=https;AccountName=" + Azurite.ACCOUNT + ";AccountKey=" + Azurite.KEY
                + ";BlobEndpoint=" + address + ";";
        return new BlobServiceClientBuilder()
                .httpClient(Storage.TRUSTING)
                .connectionString(account)
                .buildClient()
                .createBlobContainerIfNotExists(CONTAINER)
                .getBlobClient(name);
    }

    private static Path certificate(Path file) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "localhost",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD);
        try {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                throw new IllegalStateException("keytool ended with " + code);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        azurite.close();
    }
}
