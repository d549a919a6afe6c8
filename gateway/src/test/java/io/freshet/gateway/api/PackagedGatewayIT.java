package io.freshet.gateway.api;

import io.quarkus.test.junit.QuarkusIntegrationTest;

// The tests of the API once more, against the gateway as it is packaged: its jar, or its native executable.

@QuarkusIntegrationTest
class AccessIT extends AccessTest {}

@QuarkusIntegrationTest
class AwayIssuerIT extends AwayIssuerTest {}

@QuarkusIntegrationTest
class CommandsIT extends CommandsTest {}

@QuarkusIntegrationTest
class DownloadStreamIT extends DownloadStreamTest {}

@QuarkusIntegrationTest
class ErrorsIT extends ErrorsTest {}

@QuarkusIntegrationTest
class EventsIT extends EventsTest {}

@QuarkusIntegrationTest
class IdempotencyIT extends IdempotencyTest {}

@QuarkusIntegrationTest
class JobDocumentIT extends JobDocumentTest {}

@QuarkusIntegrationTest
class JobListIT extends JobListTest {}

@QuarkusIntegrationTest
class LimitsIT extends LimitsTest {}

@QuarkusIntegrationTest
class OpenApiIT extends OpenApiTest {}

@QuarkusIntegrationTest
class OriginalDefectsIT extends OriginalDefectsTest {}

@QuarkusIntegrationTest
class OwnScopeIT extends OwnScopeTest {}

@QuarkusIntegrationTest
class ParametersIT extends ParametersTest {}

@QuarkusIntegrationTest
class ReferenceAccessIT extends ReferenceAccessTest {}

@QuarkusIntegrationTest
class ReferenceIT extends ReferenceTest {}

@QuarkusIntegrationTest
class RefusalIT extends RefusalTest {}

@QuarkusIntegrationTest
class ResultsIT extends ResultsTest {}

@QuarkusIntegrationTest
class RightsIT extends RightsTest {}

@QuarkusIntegrationTest
class StorageAwayIT extends StorageAwayTest {}

@QuarkusIntegrationTest
class SubmissionIT extends SubmissionTest {}

@QuarkusIntegrationTest
class SubmittedInputIT extends SubmittedInputTest {}

@QuarkusIntegrationTest
class WireIT extends WireTest {}
