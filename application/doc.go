// Package application holds what a seller files to have an overseas warehouse opened, for any platform: who applies,
// which warehouse, which stock, and the papers that prove it. It knows no platform; the words in an Application are
// those of a policy, which package eligibility reads from a document.
//
//	app, err := application.Parse(file) // every problem at once, with path, line and column
//
// # Absent is not false and not zero
//
// Stock is a list that is nil when nothing was stated, empty when there is none. A part of a photo is shown, not shown,
// or not stated. A country, a date, a legal form that was not given is a zero value, and a policy that needs it says
// that it is missing instead of assuming one.
//
// # Materials are generic
//
// A Material has a kind, a text or a file, a form, a date, a country, and what it shows, on the applicant's word or
// verified by somebody. Any policy can name its own kinds. For the eight of AliExpress there are constructors:
// LogisticsProvider, CustomerCode, ContractPhoto and SystemScreenshot for a third-party warehouse; WarehouseAddress,
// ShippingCertificate, ClearanceCertificate and WarehousePhoto for a self-operated one. A File is an identity, name and
// SHA-256; files are never opened or fetched, and names that a host could not store or show safely are refused.
//
// # Documents
//
// An application is a JSON document (Schema, JSONSchema) of at most MaxDocument bytes. Reading is strict: unknown
// fields, duplicate keys, null, wrong types, broken UTF-8, control and bidirectional characters, and anything after
// the document are problems. Parse returns all of them in one Problems, or an application, never both. Validate looks
// at the shape of an application that was put together in a program, with the same findings. What is in shape may
// still be incomplete: that is for a policy to say.
//
// # The life of an application
//
// A Filing is an application with its history: draft, submitted, approved or rejected, amended and submitted again, or
// withdrawn. Each step carries the caller's date and each decision the edition of the policy; a step that cannot
// follow is an error. A Permission is what an approval opened, for the main account and its sub-accounts together
// where the policy says so; At tells whether it is open to a store in a country on a day.
package application
