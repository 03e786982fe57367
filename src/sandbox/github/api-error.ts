/** An answer other than 2xx, with GitHub's documented body (https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api). */
export class ApiError extends Error {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(status: number, message: string, more: object = {}, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
    this.body = {
      message,
      ...more,
      documentation_url: 'https://docs.github.com/rest',
      status: String(status),
    };
  }
}

/** The 404 that GitHub gives for what does not exist and for what the caller may not see. */
export const notFound = (): ApiError => new ApiError(404, 'Not Found');

/** A field error of a 422: `missing`, `missing_field`, `invalid`, `already_exists` or `custom` with a message. */
export type FieldError = { resource: string; code: string; field?: string; message?: string };

/** The 422 "Validation Failed" with its list of errors. */
export const validationFailed = (...errors: FieldError[]): ApiError =>
  new ApiError(422, 'Validation Failed', { errors });
