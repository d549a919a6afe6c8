/** Forms, cut in every way. */
package io.freshet.gateway.multipart;
